using System.Buffers;
using Headgate.Gateway.Policies.Validation.Forms;
using Headgate.OpenApi.Schemas;

namespace Headgate.Gateway.Policies.Validation;

/// <summary>The bodies that an operation takes. Immutable and thread-safe.</summary>
internal sealed class BodyChecks(BodyRule[] rules, bool required)
{
    public bool Required => required;

    /// <summary>The media types, for messages.</summary>
    public string List => string.Join(", ", rules.Select(rule => rule.Range.Text));

    /// <summary>Whether a check may take long.</summary>
    public bool IsSlow => rules.Any(rule => rule.Validator is { IsSlow: true });

    /// <summary>The rule for a body of that type, the most exact first (OAS 3.1.1 §4.8.13.1); null when it is not taken.</summary>
    public BodyRule? Find(ReadOnlySpan<char> contentType)
    {
        if (!MediaType.IsWellFormed(contentType))
            return null;
        BodyRule? found = null;
        int best = -1;
        foreach (BodyRule rule in rules)
        {
            int match = rule.Range.Match(contentType);
            if (match > best)
                (found, best) = (rule, match);
        }

        return found;
    }

    /// <summary>The same bodies without their schemas.</summary>
    public BodyChecks WithoutSchemas() => new([.. rules.Select(rule => rule with { Validator = null, Form = null })], required);

    /// <summary>Whether there is something to check about a body of that rule: else it streams.</summary>
    public static bool Reads(BodyRule rule, ReadOnlySpan<char> contentType) => rule.Validator is not null && MediaType.KindOf(contentType) != MediaKind.Opaque;

    /// <summary>Holds a whole body to its rule.</summary>
    public static void Check(BodyRule rule, string contentType, ReadOnlySequence<byte> body, ValidationMemory memory, ref Violations violations)
    {
        if (body.IsSingleSegment)
        {
            Check(rule, contentType, body.FirstSpan, memory, ref violations);
            return;
        }

        byte[] whole = ArrayPool<byte>.Shared.Rent((int)body.Length);
        body.CopyTo(whole);
        Check(rule, contentType, whole.AsSpan(0, (int)body.Length), memory, ref violations);
        ArrayPool<byte>.Shared.Return(whole);
    }

    private static void Check(BodyRule rule, string contentType, ReadOnlySpan<byte> body, ValidationMemory memory, ref Violations violations)
    {
        ValidationSession session = memory.Session;
        switch (MediaType.KindOf(contentType))
        {
            case MediaKind.Form:
                FormBody.Check(body, rule, memory, ref violations);
                break;
            case MediaKind.Multipart:
                MultipartBody.Check(body, contentType, rule, memory, ref violations);
                break;
            default:
                if (!rule.Validator!.Validate(body, session))
                    violations.AddAll("", session);
                break;
        }

        memory.Trim();
    }
}
