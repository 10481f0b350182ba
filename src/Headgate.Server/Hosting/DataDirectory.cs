namespace Headgate.Server.Hosting;

/// <summary>The directory in which one running instance keeps its state. Held by a lock, so that two instances never share one.</summary>
internal sealed class DataDirectory : IDisposable
{
    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    /// <summary>The absolute path.</summary>
    public string Path { get; }

    /// <summary>Makes the directory where it is missing and takes it.</summary>
    /// <exception cref="StartFailure">It cannot be made, written to, or is another instance's.</exception>
    public static DataDirectory Open(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        try
        {
            CreatePrivate(full);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartFailure($"The data directory {full} cannot be made: {exception.Message} Give this user write access, or choose another with --data DIR.", exception);
        }

        string held = System.IO.Path.Combine(full, "lock");
        try
        {
            return new DataDirectory(full, new FileStream(held, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new StartFailure($"The data directory {full} cannot be written to. Give this user write access, or choose another with --data DIR.", exception);
        }
        catch (IOException exception)
        {
            string reason = RunFile.Read(full) is { } other ? $"is in use by process {other.ProcessId}" : $"cannot be used: {exception.Message}";
            throw new StartFailure($"The data directory {full} {reason}. Stop the other instance, or choose another with --data DIR.", exception);
        }
    }

    /// <summary>What tells the directory from others: made once, and kept in it as <c>instance-id</c>. No secret.</summary>
    /// <exception cref="StartFailure">It cannot be kept.</exception>
    public string ReadIdentity()
    {
        string file = System.IO.Path.Combine(Path, "instance-id");
        try
        {
            if (File.Exists(file) && Guid.TryParseExact(File.ReadAllText(file), "N", out Guid known))
                return known.ToString("N");
            string made = Guid.NewGuid().ToString("N");
            File.WriteAllText(file, made);
            return made;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartFailure($"The file {file} cannot be used: {exception.Message} Give this user access to the data directory.", exception);
        }
    }

    /// <summary>Lets go of the directory.</summary>
    public void Dispose() => _lock.Dispose();

    // It will hold keys: nobody else's business.
    private static void CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows() || Directory.Exists(path))
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
