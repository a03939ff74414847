using System.Globalization;
using System.Security.Cryptography;

namespace Nabla;

/// <summary>Fetches one published file into a folder: to a temporary file, checked, then renamed, so that what has the name is whole.</summary>
internal static class Download
{
    private const int BlockLength = 1 << 16;

    /// <summary>Fetches the file from the first address that has it.</summary>
    /// <returns>Null upon success; else one line an address with the reason why not.</returns>
    /// <exception cref="DataException">The folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing stays.</exception>
    public static async Task<string?> FetchAsync(PublishedFile file, IReadOnlyList<Uri> addresses, string folder, TimeSpan patience,
        IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        using var handler = new SocketsHttpHandler { ConnectTimeout = patience };
        // The client's own limit covers the whole of a request; silence is limited block by block below.
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        string target = Path.Combine(folder, file.FileName);
        string temporary = $"{target}.{Guid.NewGuid():N}.partial";
        var reasons = new List<string>();
        foreach (Uri address in addresses)
        {
            var source = new Uri(address, file.FileName);
            try
            {
                string? wrong = await FetchAsync(client, source, file, temporary, patience, progress, cancellation).ConfigureAwait(false);
                if (wrong is null)
                {
                    DataException.WithFile<object?>(target, () =>
                    {
                        File.Move(temporary, target, overwrite: true);
                        return null;
                    });
                    return null;
                }
                reasons.Add($"{source}: {wrong}");
            }
            catch (HttpRequestException e)
            {
                reasons.Add($"{source}: {e.Message}");
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                reasons.Add(string.Create(CultureInfo.InvariantCulture, $"{source}: no answer within {patience.TotalSeconds} seconds"));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new DataException($"{temporary}: the download cannot be kept ({e.Message.TrimEnd('.')}); check the folder and the disk", e);
            }
            finally
            {
                File.Delete(temporary);
            }
        }
        return string.Join(Environment.NewLine, reasons.Select(reason => "  " + reason));
    }

    /// <returns>Null, or what is wrong with what arrived.</returns>
    private static async Task<string?> FetchAsync(HttpClient client, Uri source, PublishedFile file, string temporary, TimeSpan patience,
        IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        silence.CancelAfter(patience);
        using HttpResponseMessage response =
            await client.GetAsync(source, HttpCompletionOption.ResponseHeadersRead, silence.Token).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            return $"the server answered {(int)response.StatusCode} {response.ReasonPhrase}";
        }
        using Stream body = await response.Content.ReadAsStreamAsync(silence.Token).ConfigureAwait(false);
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        long bytes = 0;
        using (var kept = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
        {
            byte[] block = new byte[BlockLength];
            while (true)
            {
                silence.CancelAfter(patience);
                int got;
                try
                {
                    got = await body.ReadAsync(block, silence.Token).ConfigureAwait(false);
                }
                catch (IOException e)
                {
                    return $"the connection broke off after {bytes} of {file.PackedLength} bytes ({e.Message.TrimEnd('.')})";
                }
                if (got == 0)
                {
                    break;
                }
                bytes += got;
                if (bytes > file.PackedLength)
                {
                    return $"{file.PackedLength} bytes were expected, and more arrived";
                }
                sum.AppendData(block, 0, got);
                await kept.WriteAsync(block.AsMemory(0, got), cancellation).ConfigureAwait(false);
                progress?.Report(new DownloadProgress(file.FileName, bytes, file.PackedLength));
            }
            kept.Flush(flushToDisk: true);
        }
        if (bytes != file.PackedLength)
        {
            return $"{file.PackedLength} bytes were expected, and {bytes} arrived";
        }
        string found = Convert.ToHexStringLower(sum.GetHashAndReset());
        return found == file.PackedMd5 ? null : $"the MD5 sum {file.PackedMd5} was expected, got {found}: the file was changed or damaged on its way";
    }
}
