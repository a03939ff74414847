namespace Nabla;

/// <summary>Data cannot be used. The message says which file, what was needed, what was found, and the way out.</summary>
public sealed class DataException : Exception
{
    /// <summary>A refusal with its whole message.</summary>
    public DataException(string message) : base(message)
    {
    }

    /// <summary>A refusal with its whole message and what led to it.</summary>
    public DataException(string message, Exception? cause) : base(message, cause)
    {
    }

    /// <summary>Runs a piece of reading and turns what the operating system says into a <see cref="DataException"/> that names the file.</summary>
    internal static T Reading<T>(string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataException($"{file}: there is no such file; check the path", e);
        }
        catch (UnauthorizedAccessException e)
        {
            string reason = Directory.Exists(file) ? "it is a folder, and a file was needed; name the file" : "it may not be read; change its permissions";
            throw new DataException($"{file}: {reason}", e);
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            throw new DataException($"{file}: reading it failed ({e.Message.TrimEnd('.')}); check the path and the disk", e);
        }
    }
}
