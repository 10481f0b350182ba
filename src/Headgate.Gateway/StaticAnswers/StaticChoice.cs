using System.Buffers;
using System.Globalization;
using Headgate.Gateway.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.StaticAnswers;

/// <summary>Everything that the document can answer for one operation, and which of it a request gets. Immutable, thread-safe; a request without <c>Prefer</c> allocates nothing.</summary>
/// <param name="statuses">The answers by status; the first is the usual one.</param>
/// <param name="prefers">Whether clients may choose.</param>
internal sealed class StaticChoice(IReadOnlyList<StaticStatus> statuses, bool prefers)
{
    // RFC 9110 §5.6.4, without what a quoted string has to escape.
    private static readonly SearchValues<char> s_quotable = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c).Except(['"', '\\'])]);

    private readonly bool _hasChoice = prefers && statuses.Sum(status => status.Count) > 1;

    /// <summary>By which fields of requests the answer varies; null for none (RFC 9110 §12.5.5, RFC 7240 §2).</summary>
    public string? Vary => (statuses[0].IsNegotiated, _hasChoice) switch
    {
        (true, true) => "Accept, Prefer",
        (true, false) => "Accept",
        (false, true) => "Prefer",
        _ => null,
    };

    /// <summary>Chooses.</summary>
    public StaticSelection Choose(ClientRequest request)
    {
        IHeaderDictionary headers = request.Headers;
        if (!prefers || !headers.TryGetValue("Prefer", out StringValues prefer))
            return new StaticSelection(statuses[0].Choose(headers, default), null, IsMinimal: false);

        bool isMinimal = Preferences.ValueOf(prefer, "return").Equals("minimal", StringComparison.OrdinalIgnoreCase);
        StaticStatus? wanted = Find(Preferences.ValueOf(prefer, "code"));
        ReadOnlySpan<char> example = Preferences.ValueOf(prefer, "example");
        StaticStatus status = wanted ?? FindExample(example) ?? statuses[0];

        // RFC 7240 §2: what cannot be heeded is ignored.
        if (!status.Has(example))
            example = default;
        return new StaticSelection(status.Choose(headers, example), Applied(wanted, example), isMinimal);
    }

    /// <summary>What is answered, in words.</summary>
    public override string ToString()
    {
        string usual = $"answers {statuses[0]} from the document";
        return _hasChoice && statuses.Count > 1 ? $"{usual}; by Prefer also {string.Join(", ", statuses.Skip(1).Select(status => status.Status))}" : usual;
    }

    private static string? Applied(StaticStatus? status, ReadOnlySpan<char> example)
    {
        string code = status is null ? "" : string.Create(CultureInfo.InvariantCulture, $"code={status.Status}");
        if (example.IsEmpty)
            return code.Length == 0 ? null : code;
        string separator = code.Length == 0 ? "" : ", ";

        // RFC 7240 §3: the value may be left out, as it has to where no header field can hold it.
        return example.ContainsAnyExcept(s_quotable) ? $"{code}{separator}example" : $"{code}{separator}example=\"{example}\"";
    }

    private StaticStatus? Find(ReadOnlySpan<char> code)
    {
        if (!int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            return null;
        for (int i = 0; i < statuses.Count; i++)
        {
            if (statuses[i].Status == number)
                return statuses[i];
        }

        return null;
    }

    private StaticStatus? FindExample(ReadOnlySpan<char> example)
    {
        for (int i = 0; i < statuses.Count && !example.IsEmpty; i++)
        {
            if (statuses[i].Has(example))
                return statuses[i];
        }

        return null;
    }
}
