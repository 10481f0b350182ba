using System.Collections;

namespace Headgate.Server.Settings;

/// <summary>
/// Finds secrets that documents refer to as <c>${secret:NAME}</c>: the environment variable <c>HEADGATE_SECRET_NAME</c> first, then the file <c>NAME</c> in the
/// secrets directory. Thread-safe. Nothing is kept: a rotated secret is seen at the next look-up.
/// </summary>
internal sealed class SecretStore(IDictionary environment, string directory)
{
    private const string Prefix = "HEADGATE_SECRET_";

    /// <summary>The secret, or null when there is none. A line end at the end of a file does not belong to it.</summary>
    /// <param name="name">Letters, digits, <c>_</c>, <c>-</c> and <c>.</c>; anything else could leave the directory and names no secret.</param>
    /// <exception cref="IOException">The file is there and cannot be read.</exception>
    public string? Find(string name)
    {
        if (name.Length == 0 || name[0] == '.' || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.'))
            return null;
        if (environment[Prefix + name] is string exact)
            return exact;

        // Shells cannot set a variable whose name has a hyphen, a dot or (by custom) small letters.
        if (environment[Prefix + name.Replace('-', '_').Replace('.', '_').ToUpperInvariant()] is string spelt)
            return spelt;
        string path = Path.Combine(directory, name);
        return File.Exists(path) ? File.ReadAllText(path).TrimEnd('\r', '\n') : null;
    }
}
