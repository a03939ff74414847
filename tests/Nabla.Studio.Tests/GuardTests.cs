using System.Net;
using System.Text;
using System.Text.Json;

namespace Nabla.Studio.Tests;

public class GuardTests(ServedStudio studio) : IClassFixture<ServedStudio>
{
    private static readonly string[] Paths =
        ["api/explore", "api/explore/check", "api/explore/descend", "api/trainings", "api/lessons/B1/answers"];

    [Theory]
    [InlineData("example.org")]
    [InlineData("127.0.0.1.example.org")]
    [InlineData("10.0.0.7")]
    public async Task AForeignHostIsRefused(string host)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, studio.Address);
        request.Headers.Host = host;
        using HttpResponseMessage answer = await studio.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task AForeignPageIsRefusedAndOursIsNot()
    {
        foreach ((string origin, HttpStatusCode expected) in new[]
        {
            ("https://example.org", HttpStatusCode.Forbidden), ("null", HttpStatusCode.Forbidden),
            ($"http://{studio.Address.Authority}", HttpStatusCode.OK),
        })
        {
            using HttpRequestMessage request = new(HttpMethod.Post, "api/explore")
            {
                Content = new StringContent("""{"program":"x = 1\nf = x"}""", Encoding.UTF8, "application/json"),
            };
            request.Headers.Add("Origin", origin);
            using HttpResponseMessage answer = await studio.Client.SendAsync(request);
            Assert.Equal(expected, answer.StatusCode);
        }
    }

    [Fact]
    public async Task OnlyJsonOfABoundedSizeIsRead()
    {
        using HttpResponseMessage form = await studio.Client.PostAsync("api/explore", new StringContent("program=x", Encoding.UTF8, "text/plain"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, form.StatusCode);
        (int status, _) = await studio.SendTextAsync("api/explore", JsonSerializer.Serialize(new { program = new string('1', 70_000) }));
        Assert.Equal(413, status);
    }

    [Fact]
    public async Task EveryAnswerForbidsWhatThePageDoesNotNeed()
    {
        foreach (string path in new[] { "", "api/explore", "nowhere" })
        {
            using HttpResponseMessage answer = await studio.Client.GetAsync(path);
            string policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.Contains("default-src 'none'", policy);
            Assert.DoesNotContain("unsafe", policy);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        }
    }

    [Fact]
    public async Task NoTextMakesTheServerFail()
    {
        Random random = new(7);
        string[] bits =
        [
            "{", "}", "[", "]", "\"program\"", ":", "\"x = 1\\nf = x * x\"", ",", "null", "1e999", "-1", "true", "\"values\"", "\"opened\"", "\"detail\"", "\"steps\"",
            "\"learningRate\"", "\"language\"", "\"ko\"", "\"gates\"", "\"NaN\"", "\"data\"", "\"network\"", "\"hidden\"", "\"training\"", "\"\\u0000\"", "\"points\"", "\"features\"",
        ];
        for (int round = 0; round < 300; round++)
        {
            string body = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => bits[random.Next(bits.Length)]));
            await NeverFailsAsync(Paths[random.Next(Paths.Length)], body);
        }
    }

    [Theory]
    [InlineData("api/explore", """{"program":null}""")]
    [InlineData("api/explore", """{"program":"f = x","values":{"x":null}}""")]
    [InlineData("api/explore", """{"program":"f = x","values":{"x":"1; y = 2"}}""")]
    [InlineData("api/explore", """{"program":"f = x","values":{"":"1"}}""")]
    [InlineData("api/explore", """{"program":"x = 1\nf = x","detail":"everything"}""")]
    [InlineData("api/explore", """{"program":"x = 1\nf = x","detail":"7"}""")]
    [InlineData("api/explore/descend", """{"program":"x = 1\nf = x","steps":1000000000}""")]
    [InlineData("api/explore/descend", """{"program":"x = 1\nf = x","learningRate":"NaN"}""")]
    [InlineData("api/trainings", """{"data":{"kind":"moons"}}""")]
    [InlineData("api/trainings", """{"data":{"count":1000000}}""")]
    [InlineData("api/trainings", """{"data":{"noise":"NaN"}}""")]
    [InlineData("api/trainings", """{"data":{"kind":"points","points":[null]}}""")]
    [InlineData("api/trainings", """{"data":{"kind":"points","points":[{"x":"NaN","y":0,"label":0}]}}""")]
    [InlineData("api/trainings", """{"data":{"kind":null}}""")]
    [InlineData("api/trainings", """{"data":{"points":null}}""")]
    [InlineData("api/trainings", """{"network":{"hidden":[100000]}}""")]
    [InlineData("api/trainings", """{"network":{"hidden":null}}""")]
    [InlineData("api/trainings", """{"network":{"features":[]}}""")]
    [InlineData("api/trainings", """{"network":{"features":["x","x"]}}""")]
    [InlineData("api/trainings", """{"network":{"features":[null]}}""")]
    [InlineData("api/trainings", """{"training":{"learningRate":"Infinity"}}""")]
    [InlineData("api/trainings", """{"training":{"batchSize":0}}""")]
    public async Task BadInputIsNamed(string path, string body)
    {
        (int status, JsonElement answer) = await studio.SendTextAsync(path, body);
        Assert.Equal(400, status);
        Assert.NotEmpty(answer.GetProperty("error").GetString()!);
    }

    private async Task NeverFailsAsync(string path, string body)
    {
        (int status, JsonElement answer) = await studio.SendTextAsync(path, body);
        Assert.True(status is 200 or 400 or 404 or 405 or 503, $"{status} for {path}: {body}");
        if (status == 400) Assert.NotEmpty(answer.GetProperty("error").GetString()!);
    }
}
