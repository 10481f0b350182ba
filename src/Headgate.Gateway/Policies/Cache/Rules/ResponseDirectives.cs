using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Policies.Cache.Rules;

/// <summary>What an answer's <c>Cache-Control</c> (RFC 9111 §5.2.2) or <c>CDN-Cache-Control</c> (RFC 9213) says. Immutable.</summary>
internal sealed record ResponseDirectives
{
    public bool NoStore { get; init; }

    /// <summary>Of the whole answer; not the form that names fields.</summary>
    public bool NoCache { get; init; }

    /// <summary>Of the whole answer; not the form that names fields.</summary>
    public bool IsPrivate { get; init; }

    public bool IsPublic { get; init; }

    public bool MustRevalidate { get; init; }

    public bool ProxyRevalidate { get; init; }

    public bool MustUnderstand { get; init; }

    /// <summary>Null when not said; an unreadable value is 0, which is stale (RFC 9111 §4.2.1).</summary>
    public int? MaxAge { get; init; }

    public int? SharedMaxAge { get; init; }

    public int? StaleWhileRevalidate { get; init; }

    public int? StaleIfError { get; init; }

    /// <summary>The fields that <c>no-cache="…"</c> and <c>private="…"</c> name.</summary>
    public IReadOnlyList<string> WithheldFields { get; init; } = [];

    /// <summary>Whether the answer may be given to others than who asked, although who asked was somebody in particular (RFC 9111 §3.5).</summary>
    public bool IsExplicitlyShared => IsPublic || SharedMaxAge is not null;

    /// <summary>Reads the field. Of a directive that occurs twice the first holds (RFC 9111 §4.2.1).</summary>
    public static ResponseDirectives Parse(StringValues lines)
    {
        var said = new ResponseDirectives();
        foreach (string? line in lines)
        {
            var reader = new DirectiveReader(line);
            while (reader.Read())
                said = said.With(reader);
        }

        return said;
    }

    private ResponseDirectives With(in DirectiveReader next) => next.Name.Length switch
    {
        6 when next.Is("public") => this with { IsPublic = true },
        7 when next.Is("max-age") => this with { MaxAge = MaxAge ?? next.Seconds() ?? 0 },
        7 when next.Is("private") => next.HasValue ? Withhold(next.Value) : this with { IsPrivate = true },
        8 when next.Is("no-store") => this with { NoStore = true },
        8 when next.Is("no-cache") => next.HasValue ? Withhold(next.Value) : this with { NoCache = true },
        8 when next.Is("s-maxage") => this with { SharedMaxAge = SharedMaxAge ?? next.Seconds() ?? 0 },
        14 when next.Is("stale-if-error") => this with { StaleIfError = StaleIfError ?? next.Seconds() },
        15 when next.Is("must-revalidate") => this with { MustRevalidate = true },
        15 when next.Is("must-understand") => this with { MustUnderstand = true },
        16 when next.Is("proxy-revalidate") => this with { ProxyRevalidate = true },
        22 when next.Is("stale-while-revalidate") => this with { StaleWhileRevalidate = StaleWhileRevalidate ?? next.Seconds() },
        _ => this,
    };

    private ResponseDirectives Withhold(ReadOnlySpan<char> names)
    {
        var all = new List<string>(WithheldFields);
        foreach (Range range in names.Split(','))
        {
            ReadOnlySpan<char> name = names[range].Trim(" \t");
            if (!name.IsEmpty)
                all.Add(name.ToString());
        }

        return this with { WithheldFields = all };
    }
}
