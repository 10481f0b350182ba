using System.Text;

namespace Headgate.Integration.Events.Log;

/// <summary>How large what of an event may be. CloudEvents 1.0.2 §6 asks that 64 KiB are taken.</summary>
public static class EventBounds
{
    /// <summary>The largest payload, in bytes.</summary>
    public const int MostPayloadBytes = 256 * 1024;

    /// <summary>The longest type, kind of aggregate, id of an aggregate, id of a producer, correlation or causation id, in characters.</summary>
    public const int MostNameChars = 255;

    /// <summary>The longest source, schema, subject and media type, in characters.</summary>
    public const int MostReferenceChars = 1024;

    /// <summary>The longest tenant, in characters.</summary>
    public const int MostTenantChars = 128;

    /// <summary>All further attributes together, in bytes of JSON.</summary>
    public const int MostExtensionBytes = 8 * 1024;

    /// <summary>The most events that are appended at once.</summary>
    public const int MostAtOnce = 1000;

    /// <summary>What is said of a value that is no text.</summary>
    internal const string NoText = "has a character that no attribute may have: a control character, half a surrogate pair or a noncharacter.";

    /// <summary>What is wrong with an event; null when it can be appended.</summary>
    public static EventProblem? ProblemOf(NewEvent candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        if (candidate.Payload.Length > MostPayloadBytes)
            return new EventProblem("data", $"has {candidate.Payload.Length} bytes; an event may have {MostPayloadBytes}.", IsTooLarge: true);
        if (candidate.Extensions is { } extensions && Encoding.UTF8.GetByteCount(extensions) > MostExtensionBytes)
            return new EventProblem("extensions", $"are larger than {MostExtensionBytes} bytes together.", IsTooLarge: true);
        return Required("type", candidate.Type, MostNameChars)
            ?? Required("source", candidate.Source, MostReferenceChars)
            ?? Optional("id", candidate.ProducerId, MostNameChars)
            ?? Optional("subject", candidate.Subject, MostReferenceChars)
            ?? Required("aggregatetype", candidate.AggregateType, MostNameChars)
            ?? Required("aggregateid", candidate.AggregateId, MostNameChars)
            ?? Optional("tenantid", candidate.Tenant, MostTenantChars)
            ?? Optional("time", candidate.Time, MostNameChars)
            ?? Optional("correlationid", candidate.CorrelationId, MostNameChars)
            ?? Optional("causationid", candidate.CausationId, MostNameChars)
            ?? Optional("dataschema", candidate.DataSchema, MostReferenceChars)
            ?? Optional("datacontenttype", candidate.DataContentType, MostReferenceChars);
    }

    private static EventProblem? Required(string attribute, string value, int most) =>
        value.Length == 0 ? new EventProblem(attribute, "must not be empty.") : Optional(attribute, value, most);

    private static EventProblem? Optional(string attribute, string? value, int most)
    {
        if (value is null)
            return null;
        if (value.Length == 0)
            return new EventProblem(attribute, "must not be empty.");
        if (value.Length > most)
            return new EventProblem(attribute, $"is longer than {most} characters.");
        return IsText(value) ? null : new EventProblem(attribute, NoText);
    }

    // CloudEvents 1.0.2 §3.1, String: what may not stand in it. Neither engine of the store would keep all of these.
    internal static bool IsText(string value)
    {
        if (!value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return true;
        for (int at = 0; at < value.Length;)
        {
            if (Rune.DecodeFromUtf16(value.AsSpan(at), out Rune rune, out int length) != System.Buffers.OperationStatus.Done || Rune.IsControl(rune))
                return false;
            if ((rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF)
                return false;
            at += length;
        }

        return true;
    }
}
