using System.Reflection;

namespace Nabla.Lessons.Tests;

/// <summary>The code that lessons show is compiled here and run.</summary>
public class CodeTests
{
    private static readonly object ConsoleOfTheProcess = new();

    [Theory]
    [InlineData("A1", "a = 2, L = 5", "a = 1, L = 0.12")]
    [InlineData("A5", "30, 120, 100\n30, 120, 100")]
    [InlineData("B5", "d(x + y)/dx = 1", "Multiply was recorded")]
    [InlineData("D7", "loss 1.0279", "-0.3987 0.9530")]
    [InlineData("F1", "epoch 1: 2.", "epoch 5: ")]
    [InlineData("F2", "7 steps an epoch", "16 16 16 16 16 16 4")]
    [InlineData("F3", "right")]
    public void TheCodeDoesWhatTheLessonSays(string id, params string[] parts)
    {
        string code = Assert.Single(LessonCatalog.Find(id).Sections.OfType<CodeSection>()).Code;
        Assert.DoesNotContain("#region", code);
        Assert.All(code.Split('\n'), line => Assert.InRange(line.Length, 0, 76));
        Assert.StartsWith(code.Split('\n')[0], code.TrimStart());

        string output = Run(id);
        foreach (string part in parts) Assert.Contains(part, output);
    }

    [Fact]
    public void TheLossesThatF1ShowsAreThoseOfItsCode()
    {
        string[] printed = [.. Run("F1").Trim().Split('\n').Select(line => line.Split(": ")[1].Trim())];
        TableSection table = LessonCatalog.Find("F1").Sections.OfType<TableSection>().Single();
        Assert.Equal(table.Rows.Select(row => double.Parse(row[1].English)), printed.Select(double.Parse), (one, other) => Math.Abs(one - other) < 6e-4);
    }

    [Fact]
    public void EveryFileOfCodeIsShown() => Assert.Equal(
        typeof(CodeTests).Assembly.GetTypes().Where(type => type.Namespace == "Nabla.Lessons.Code" && !type.IsNested).Select(type => type.Name).Order(),
        LessonCatalog.All.Where(lesson => lesson.Sections.OfType<CodeSection>().Any()).Select(lesson => lesson.Id).Order());

    private static string Run(string id)
    {
        MethodInfo run = typeof(CodeTests).Assembly.GetType($"Nabla.Lessons.Code.{id}")!.GetMethod("Run")!;
        lock (ConsoleOfTheProcess)
        {
            TextWriter before = Console.Out;
            using StringWriter writer = new();
            Console.SetOut(writer);
            try
            {
                run.Invoke(null, null);
            }
            finally
            {
                Console.SetOut(before);
            }
            return writer.ToString().ReplaceLineEndings("\n");
        }
    }
}
