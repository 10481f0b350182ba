using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Npgsql;

namespace Headgate.Storage.PostgreSql;

/// <summary>A <c>postgres://</c> URL, read. Immutable. Its text has no password.</summary>
internal sealed class PostgreSqlUrl
{
    private const int DefaultPort = 5432;

    private static readonly Dictionary<string, SslMode> s_sslModes = new(StringComparer.Ordinal)
    {
        ["disable"] = SslMode.Disable,
        ["allow"] = SslMode.Allow,
        ["prefer"] = SslMode.Prefer,
        ["require"] = SslMode.Require,
        ["verify-ca"] = SslMode.VerifyCA,
        ["verify-full"] = SslMode.VerifyFull,
    };

    private readonly NpgsqlConnectionStringBuilder _parts;

    private PostgreSqlUrl(NpgsqlConnectionStringBuilder parts) => _parts = parts;

    /// <summary>What the URL says, as the driver takes it: a copy, to be completed.</summary>
    public NpgsqlConnectionStringBuilder ToBuilder() => new(_parts.ConnectionString);

    /// <summary>Reads a URL.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="url">What it says.</param>
    /// <param name="reason">Why it cannot be read, without repeating what may be a password.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out PostgreSqlUrl? url, out string reason)
    {
        url = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0)
        {
            reason = "it is not postgres://USER:PASSWORD@HOST:PORT/DATABASE (in the password, @ : / ? # and % are written %40 %3A %2F %3F %23 %25)";
            return false;
        }

        string[] login = uri.UserInfo.Split(':', 2);
        string user = Uri.UnescapeDataString(login[0]);
        string database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/'));
        reason = user.Length == 0 ? "it names no user" : database.Length == 0 || database.Contains('/', StringComparison.Ordinal) ? "it does not name one database" : "";
        if (reason.Length > 0)
            return false;

        var parts = new NpgsqlConnectionStringBuilder { Host = uri.Host.Trim('[', ']'), Port = uri.Port > 0 ? uri.Port : DefaultPort, Username = user, Database = database };
        if (login.Length == 2)
            parts.Password = Uri.UnescapeDataString(login[1]);
        foreach (string option in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TrySet(parts, option, out reason))
                return false;
        }

        url = new PostgreSqlUrl(parts);
        return true;
    }

    /// <summary>The URL without password and options.</summary>
    public override string ToString()
    {
        string host = _parts.Host!.Contains(':', StringComparison.Ordinal) ? $"[{_parts.Host}]" : _parts.Host;
        return $"postgres://{Uri.EscapeDataString(_parts.Username!)}@{host}:{_parts.Port.ToString(CultureInfo.InvariantCulture)}/{Uri.EscapeDataString(_parts.Database!)}";
    }

    private static bool TrySet(NpgsqlConnectionStringBuilder parts, string option, out string reason)
    {
        string[] pair = option.Split('=', 2);
        string value = pair.Length == 2 ? Uri.UnescapeDataString(pair[1]) : "";
        reason = "";
        switch (pair[0])
        {
            case "sslmode" when s_sslModes.TryGetValue(value, out SslMode mode):
                parts.SslMode = mode;
                return true;
            case "sslmode":
                reason = $"sslmode is none of {string.Join(", ", s_sslModes.Keys)}";
                return false;
            case "sslrootcert":
                parts.RootCertificate = value;
                return true;
            case "sslcert":
                parts.SslCertificate = value;
                return true;
            case "sslkey":
                parts.SslKey = value;
                return true;
            case "application_name":
                parts.ApplicationName = value;
                return true;
            default:
                reason = $"it has no option {pair[0]}: there are sslmode, sslrootcert, sslcert, sslkey and application_name";
                return false;
        }
    }
}
