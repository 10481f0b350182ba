using System.Security.Cryptography;
using System.Text;

namespace Headgate.Server.Hosting;

/// <summary>The key of the admin API: from <c>HEADGATE_ADMIN_KEY</c>, or made at first start and kept in the data directory, readable by its owner alone.</summary>
internal sealed class AdminKey
{
    /// <summary>The environment variable that gives the key.</summary>
    public const string EnvironmentName = "HEADGATE_ADMIN_KEY";

    private const string FileName = "admin.key";
    private const int ShortestLength = 16;

    private readonly byte[] _digest;

    public AdminKey(string text) => (Text, _digest) = (text, Digest(text));

    /// <summary>The key itself: to be sent by this program's own commands, and shown once, to whoever starts the first instance at a terminal; never logged.</summary>
    public string Text { get; }

    /// <summary>The file in which the key was put just now; null when it was there before, or the environment gives it.</summary>
    public string? MadeIn { get; private init; }

    /// <summary>The key of an instance about to start.</summary>
    /// <exception cref="StartFailure">The given key is too short, or its file cannot be read or written.</exception>
    public static AdminKey ForStart(string? given, string directory)
    {
        if (given is { Length: < ShortestLength })
            throw new StartFailure($"{EnvironmentName} is shorter than {ShortestLength} characters. Give a longer one, or unset it to have one made.");
        string path = Path.Combine(directory, FileName);
        try
        {
            return (given ?? ReadKey(path)) is { } known ? new AdminKey(known) : new AdminKey(Create(path)) { MadeIn = path };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartFailure($"The admin key {path} cannot be read or written: {exception.Message} Give this user access, or choose another directory with --data DIR.", exception);
        }
    }

    /// <summary>The key of an instance that runs with this directory, or null when there is none or this user may not read it.</summary>
    public static AdminKey? ForClient(string? given, string directory)
    {
        try
        {
            return (given ?? ReadKey(Path.Combine(directory, FileName))) is { } text ? new AdminKey(text) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another user's instance: the caller says how to name the key.
            return null;
        }
    }

    /// <summary>Whether a text is the key. Takes the same time however much of it is right: digests of one length are compared.</summary>
    public bool Matches(string presented) => CryptographicOperations.FixedTimeEquals(Digest(presented), _digest);

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private static string? ReadKey(string path) =>
        File.Exists(path) && File.ReadAllText(path).Trim() is { Length: >= ShortestLength } key ? key : null;

    private static string Create(string path)
    {
        string key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(path, Encoding.ASCII, options);
        file.WriteLine(key);
        return key;
    }
}
