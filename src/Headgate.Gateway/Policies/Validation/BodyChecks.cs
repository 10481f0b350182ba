using System.Buffers;
using Headgate.Gateway.Pipeline;
using Headgate.OpenApi.Schemas;

namespace Headgate.Gateway.Policies.Validation;

/// <summary>The bodies that an operation takes. Immutable and thread-safe.</summary>
internal sealed class BodyChecks(BodyRule[] rules, bool required)
{
    public bool Required => required;

    /// <summary>The media types, for messages.</summary>
    public string List => string.Join(", ", rules.Select(rule => rule.Range));

    /// <summary>Whether a check may take long.</summary>
    public bool IsSlow => rules.Any(rule => rule.Validator is { IsSlow: true });

    /// <summary>The rule for a body of that type, the most exact first (OAS 3.1.1 §4.8.13.1); null when it is not taken.</summary>
    public BodyRule? Find(ReadOnlySpan<char> contentType)
    {
        ReadOnlySpan<char> type = MediaType.Essence(contentType);
        BodyRule? found = null;
        int best = -1;
        foreach (BodyRule rule in rules)
        {
            int match = type.IsEmpty ? -1 : MediaType.Match(rule.Range, type);
            if (match > best)
                (found, best) = (rule, match);
        }

        return found;
    }

    /// <summary>Whether there is something to check about a body of that rule: else it streams.</summary>
    public static bool Reads(BodyRule rule, ReadOnlySpan<char> contentType) => rule.Validator is not null && MediaType.KindOf(contentType) != MediaKind.Opaque;

    /// <summary>Holds a whole body to its rule.</summary>
    public static void Check(BodyRule rule, string contentType, ReadOnlySequence<byte> body, ref Violations violations)
    {
        if (body.IsSingleSegment)
        {
            Check(rule, contentType, body.FirstSpan, ref violations);
            return;
        }

        byte[] whole = ArrayPool<byte>.Shared.Rent((int)body.Length);
        body.CopyTo(whole);
        Check(rule, contentType, whole.AsSpan(0, (int)body.Length), ref violations);
        ArrayPool<byte>.Shared.Return(whole);
    }

    private static void Check(BodyRule rule, string contentType, ReadOnlySpan<byte> body, ref Violations violations)
    {
        ValidationMemory memory = ValidationMemory.Current;
        ValidationSession session = memory.Session;
        string? problem = null;
        switch (MediaType.KindOf(contentType))
        {
            case MediaKind.Form:
                problem = FormBody.Read(body, rule.Wanted!, memory);
                break;
            case MediaKind.Multipart:
                problem = MultipartBody.Read(body, MediaType.Parameter(contentType, "boundary"), rule.Wanted!, memory);
                break;
            default:
                if (!rule.Validator!.Validate(body, session))
                    violations.AddAll("", session);
                memory.Trim();
                return;
        }

        if (problem is not null)
            violations.Add("", problem);
        else if (!rule.Validator!.Validate(session.Tape, session))
            violations.AddAll("", session);
        memory.Trim();
    }
}
