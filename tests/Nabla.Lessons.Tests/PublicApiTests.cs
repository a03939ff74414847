namespace Nabla.Lessons.Tests;

public class PublicApiTests
{
    [Fact]
    public void ThePublicSurfaceIsTheApprovedOne() => PublicApi.Check(typeof(Lesson).Assembly, "PublicApi.Nabla.Lessons.txt");
}
