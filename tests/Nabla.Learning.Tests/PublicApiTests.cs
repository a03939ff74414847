namespace Nabla.Learning.Tests;

public class PublicApiTests
{
    [Fact]
    public void ThePublicSurfaceIsTheApprovedOne() => PublicApi.Check(typeof(Module).Assembly, "PublicApi.Nabla.Learning.txt");
}
