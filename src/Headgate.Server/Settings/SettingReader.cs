using Headgate.OpenApi.Values;
using Headgate.Storage;

namespace Headgate.Server.Settings;

/// <summary>Reads settings one by one as values of their type, and notes every one that is none. A setting that is wrong reads as its default.</summary>
internal sealed class SettingReader(SettingValues values, List<SettingProblem> problems)
{
    /// <summary>The texts of a setting; those of its default when nobody gives it.</summary>
    public IReadOnlyList<SettingText> Texts(SettingDefinition setting) => values.OrDefault(setting);

    /// <summary>The last text of a setting of one value, or null.</summary>
    public SettingText? Text(SettingDefinition setting) => Texts(setting) is [.., var last] ? last : null;

    public void Refuse(SettingText text, string reason, string fix) => problems.Add(new SettingProblem(text.Origin, text.Text, reason, fix));

    public bool Switch(SettingDefinition setting) => Choice(setting, ("true", true), ("false", false));

    public T Choice<T>(SettingDefinition setting, params (string Name, T Value)[] choices)
    {
        SettingText text = Text(setting)!.Value;
        foreach ((string name, T value) in choices)
        {
            if (string.Equals(name, text.Text, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        Refuse(text, "it is none of the choices", $"give {string.Join(" or ", choices.Select(choice => choice.Name))}");
        return choices.First(choice => choice.Name == setting.Default).Value;
    }

    public TimeSpan Time(SettingDefinition setting, TimeSpan least, TimeSpan most)
    {
        SettingText text = Text(setting)!.Value;
        if (!Duration.TryParse(text.Text, out Duration duration))
            Refuse(text, "it is not a duration", "write a number with ms, s, m or h, for example 30s");
        else if (duration.Value < least || duration.Value > most)
            Refuse(text, $"it is not between {new Duration(least)} and {new Duration(most)}", "choose one in that range");
        return duration.Value;
    }

    public long Size(SettingDefinition setting, long least, long most)
    {
        SettingText text = Text(setting)!.Value;
        if (!ByteSize.TryParse(text.Text, out ByteSize size))
            Refuse(text, "it is not a size", "write a number with B, KiB or MiB, for example 32KiB");
        else if (size.Bytes < least || size.Bytes > most)
            Refuse(text, $"it is not between {new ByteSize(least)} and {new ByteSize(most)}", "choose one in that range");
        return size.Bytes;
    }

    public long Count(SettingDefinition setting, long least, long most)
    {
        SettingText text = Text(setting)!.Value;
        if (!long.TryParse(text.Text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long count) || count < least || count > most)
            Refuse(text, $"it is not a whole number between {least} and {most}", "choose one in that range");
        return count;
    }

    /// <summary>Where state is kept.</summary>
    public StoreLocation Store()
    {
        StoreLocation fallback = StoreLocation.OfFile(Path.Combine(Text(SettingsCatalogue.Data)!.Value.Text, "headgate.db"));
        if (Text(SettingsCatalogue.Store) is not { } text)
            return fallback;
        if (StoreLocation.TryParse(text.Text, out StoreLocation? location, out string reason))
            return location;
        Refuse(text, reason, "give a file, or postgres://USER:PASSWORD@HOST:PORT/DATABASE");
        return fallback;
    }

    public ListenAddress? Address(SettingText text, bool clearTextOnly)
    {
        if (!ListenAddress.TryParse(text.Text, out ListenAddress? address, out string reason))
            Refuse(text, reason, "write it like http://127.0.0.1:8080");
        else if (clearTextOnly && address.Scheme != ListenScheme.Http)
            Refuse(text, "this listener speaks plain HTTP alone", "write it like http://127.0.0.1:8081");
        return address;
    }

    /// <summary>Scheme, host and port alone.</summary>
    public Uri? Origin(SettingText text)
    {
        if (Uri.TryCreate(text.Text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" && uri is { Host.Length: > 0, PathAndQuery: "/", Fragment.Length: 0, UserInfo.Length: 0 })
            return uri;
        Refuse(text, "it is not scheme, host and port of a gateway", "write https://HOST[:PORT]");
        return null;
    }

    /// <summary>A path without a slash at its end, of characters that mean themselves in URLs and in documents.</summary>
    public string BasePath(SettingText text)
    {
        string[] segments = text.Text.Split('/');
        if (segments.Length > 1 && segments[0].Length == 0 && segments.Skip(1).All(segment => segment is not ("" or "." or "..") && segment.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~')))
            return text.Text;
        Refuse(text, "it is not a path", "write it like /meta, with letters, digits, '-', '.', '_' and '~'");
        return "";
    }

    /// <summary>The name of a secret.</summary>
    public SecretReference? Secret(SettingText text)
    {
        if (!SecretReference.TryParse(text.Text, out SecretReference? secret))
            problems.Add(new SettingProblem(text.Origin, "…", "it is not the name of a secret", "write ${secret:NAME}, and give the secret itself in HEADGATE_SECRET_NAME or in a file of the secrets directory"));
        return secret;
    }

    public Uri? Upstream(SettingText text, string url)
    {
        if (Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" or "h2c" && uri is { Host.Length: > 0, Query.Length: 0, Fragment.Length: 0, UserInfo.Length: 0 })
            return uri;
        Refuse(text, $"{(url.Length == 0 ? "an empty address" : url)} is not the address of a service", "write http://HOST:PORT[/PATH], https://… or h2c://…");
        return null;
    }
}
