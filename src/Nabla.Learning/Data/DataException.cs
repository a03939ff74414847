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

    /// <summary>Does something with a file and turns what the operating system says into a <see cref="DataException"/> that names it.</summary>
    internal static T WithFile<T>(string file, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataException($"{file}: there is no such file; check the path", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DataException(Directory.Exists(file)
                ? $"{file}: a file was needed, got a folder; name the file"
                : $"{file}: access is not permitted; change the file's permissions", e);
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            throw new DataException($"{file}: the file cannot be used ({e.Message.TrimEnd('.')}); check the path and the disk", e);
        }
    }
}
