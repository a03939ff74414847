namespace Nabla.Learning.Tests;

/// <summary>A test that runs PyTorch: skipped where it is missing, but not on the build server, which needs it.</summary>
internal sealed class PyTorchFactAttribute : FactAttribute
{
    public PyTorchFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("CI") != "true" && Python.WhyNot is { } reason)
        {
            Skip = $"{reason}; install it with: apt install python3-torch";
        }
    }
}
