using Nabla.Testing;

namespace Nabla.Tests;

public class PublicApiTests
{
    [Fact]
    public void ThePublicSurfaceIsTheApprovedOne() => PublicApi.Check(typeof(Tensor).Assembly, "PublicApi.Nabla.txt");
}
