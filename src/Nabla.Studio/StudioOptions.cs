using System.Net;

namespace Nabla;

/// <summary>Where and how the studio is served.</summary>
public sealed record StudioOptions
{
    /// <summary>The port that is tried first when none is asked for.</summary>
    public const int UsualPort = 5210;

    /// <summary>The port; 0 for the usual one, or any free one where that is taken.</summary>
    public int Port { get; init; }

    /// <summary>The address to listen on. Other machines reach the studio only where this is not a loopback address.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;
}
