using Headgate.Gateway.Policies.Cache.Rules;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Policies.Cache.Memory;

/// <summary>The head of a stored answer, ready to be given. Immutable; a validated answer gets a new one.</summary>
internal sealed record StoredHead
{
    public required int Status { get; init; }

    /// <summary>The fields as they are given, without those that are made anew each time.</summary>
    public required KeyValuePair<string, StringValues>[] Fields { get; init; }

    public required Lifetime Lifetime { get; init; }

    public required StoredValidators Validators { get; init; }

    /// <summary>Which fields of a request choose it.</summary>
    public required VarySpec Vary { get; init; }

    /// <summary>What they said in the request for which it was made.</summary>
    public required string VaryText { get; init; }

    /// <summary>Whether it may be given to whoever asks, credentials or not (RFC 9111 §3.5).</summary>
    public required bool IsForAll { get; init; }

    /// <summary>When it was asked for, in the order of invalidations.</summary>
    public required long Sequence { get; init; }

    /// <summary>The names under which it is purged.</summary>
    public required string[] Tags { get; init; }

    /// <summary>The fields that change from second to second, as they were given last.</summary>
    internal ServedTexts? Texts { get; set; }

    /// <summary>About how many bytes it takes.</summary>
    public int Bytes
    {
        get
        {
            const int ofObjects = 450;
            const int ofField = 80;
            int chars = VaryText.Length + Vary.Chars + Tags.Sum(tag => tag.Length);
            foreach ((string name, StringValues values) in Fields)
                chars += name.Length + (ofField / sizeof(char)) + values.Sum(value => value?.Length ?? 0);
            return ofObjects + (chars * sizeof(char));
        }
    }
}
