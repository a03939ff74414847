namespace Nabla;

/// <summary>How far one file of a download is.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Bytes">How many bytes have arrived.</param>
/// <param name="Total">How many there will be.</param>
public readonly record struct DownloadProgress(string File, long Bytes, long Total);
