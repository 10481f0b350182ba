using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Policies.Cache.Rules;

/// <summary>What a request's <c>Cache-Control</c> says (RFC 9111 §5.2.1). A value.</summary>
internal readonly record struct RequestDirectives
{
    public bool NoStore { get; init; }

    public bool NoCache { get; init; }

    public bool OnlyIfCached { get; init; }

    /// <summary>The oldest answer that is wanted, in seconds; null for any.</summary>
    public int? MaxAge { get; init; }

    /// <summary>For how long an answer has to stay fresh, in seconds.</summary>
    public int? MinFresh { get; init; }

    /// <summary>How long an answer may be stale already, in seconds; null for not at all.</summary>
    public int? MaxStale { get; init; }

    /// <summary>Reads the fields. Allocates nothing.</summary>
    public static RequestDirectives Of(IHeaderDictionary headers)
    {
        StringValues lines = headers.CacheControl;

        // RFC 9111 §5.4: Pragma counts where there is no Cache-Control.
        if (lines.Count == 0)
            return new RequestDirectives { NoCache = headers.Pragma.Count > 0 && HasNoCache(headers.Pragma) };
        var said = new RequestDirectives();
        foreach (string? line in lines)
        {
            var reader = new DirectiveReader(line);
            while (reader.Read())
                said = said.With(reader);
        }

        return said;
    }

    private RequestDirectives With(in DirectiveReader next) => next.Name.Length switch
    {
        7 when next.Is("max-age") => this with { MaxAge = MaxAge ?? next.Seconds() ?? 0 },
        8 when next.Is("no-cache") => this with { NoCache = true },
        8 when next.Is("no-store") => this with { NoStore = true },

        // RFC 9111 §5.2.1.2: without a value an answer of any age will do.
        9 when next.Is("max-stale") => this with { MaxStale = MaxStale ?? (next.HasValue ? next.Seconds() : DeltaSeconds.Most) },
        9 when next.Is("min-fresh") => this with { MinFresh = MinFresh ?? next.Seconds() },
        14 when next.Is("only-if-cached") => this with { OnlyIfCached = true },
        _ => this,
    };

    private static bool HasNoCache(StringValues lines)
    {
        foreach (string? line in lines)
        {
            var reader = new DirectiveReader(line);
            while (reader.Read())
            {
                if (reader.Is("no-cache"))
                    return true;
            }
        }

        return false;
    }
}
