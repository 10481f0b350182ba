using System.Diagnostics.CodeAnalysis;
using Headgate.Storage.PostgreSql;

namespace Headgate.Storage;

/// <summary>Where a store is: a file, or the URL of a PostgreSQL database. Immutable. Its text never has a password.</summary>
public sealed class StoreLocation
{
    private StoreLocation(string? path, PostgreSqlUrl? url) => (Path, Url) = (path, url);

    /// <summary>What keeps the data there.</summary>
    public StoreEngine Engine => Path is null ? StoreEngine.PostgreSql : StoreEngine.Sqlite;

    /// <summary>The absolute path of the SQLite file; null for a server.</summary>
    public string? Path { get; }

    internal PostgreSqlUrl? Url { get; }

    /// <summary>An SQLite file.</summary>
    public static StoreLocation OfFile(string path) => new(System.IO.Path.GetFullPath(path), null);

    /// <summary>Reads a path, or <c>postgres://USER[:PASSWORD]@HOST[:PORT]/DATABASE[?sslmode=…]</c>.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="location">The location, when it is one.</param>
    /// <param name="reason">Why it is none, without repeating what was written.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out StoreLocation? location, out string reason)
    {
        location = null;
        int scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            reason = text.Length == 0 ? "it names no file" : text.Contains('\0', StringComparison.Ordinal) ? "it is not the name of a file" : "";
            location = reason.Length == 0 ? OfFile(text) : null;
            return location is not null;
        }

        if (text[..scheme] is not ("postgres" or "postgresql"))
        {
            reason = "it is neither a file nor a postgres:// URL";
            return false;
        }

        location = PostgreSqlUrl.TryParse(text, out PostgreSqlUrl? url, out reason) ? new StoreLocation(null, url) : null;
        return location is not null;
    }

    /// <summary>The path, or the URL without its password.</summary>
    public override string ToString() => Path ?? Url!.ToString();
}
