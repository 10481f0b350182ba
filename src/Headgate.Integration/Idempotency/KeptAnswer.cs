using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Pipeline.Detached;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Headgate.Integration.Idempotency;

/// <summary>
/// An answer of a service as it is kept, and read only when it is given again: one array, whether in the store or in memory. Immutable.
/// </summary>
/// <param name="encoded">What <see cref="KeptAnswerWriter"/> wrote.</param>
internal sealed class KeptAnswer(byte[] encoded)
{
    /// <summary>Tells that an answer is one that was given before.</summary>
    public const string ReplayedHeader = "Idempotent-Replayed";

    /// <summary>As the store has it.</summary>
    public byte[] Encoded => encoded;

    /// <summary>Until when it is given again.</summary>
    public DateTimeOffset ExpiresAt => new KeptAnswerReader(encoded).ExpiresAt;

    /// <summary>Takes an answer down.</summary>
    public static KeptAnswer Of(DetachedAnswer answer, DateTimeOffset expiresAt) =>
        new(KeptAnswerWriter.Write(expiresAt, answer.Status, answer.Headers, answer.Failure, answer.IsWhole ? answer.Bytes : default(ReadOnlyMemory<byte>?)));

    /// <summary>Makes it the answer to a client.</summary>
    public void GiveTo(GatewayContext client)
    {
        var reader = new KeptAnswerReader(encoded);
        IHeaderDictionary headers = client.Response.Headers;
        headers[ReplayedHeader] = "true";
        if (!reader.IsWhole)
        {
            GiveLocation(client, ref reader);
            return;
        }

        string last = "";
        while (reader.TryReadField(out string name, out string value))
        {
            // Lines of one name stand together.
            headers[name] = name == last ? StringValues.Concat(headers[name], value) : value;
            last = name;
        }

        if (reader.ReadError() is { } error)
        {
            client.Fail(error);
            return;
        }

        client.Response.StatusCode = reader.Status;
        if (reader.Status is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified)
            return;
        ReadOnlyMemory<byte> body = encoded.AsMemory(reader.Position);
        headers.ContentLength = body.Length;
        client.Response.Body = new BytesBody(body);
    }

    // Never a part of it as if it were the whole.
    private static void GiveLocation(GatewayContext client, ref KeptAnswerReader reader)
    {
        string? location = null;
        while (reader.TryReadField(out string name, out string value))
            location = name.Equals("Location", StringComparison.OrdinalIgnoreCase) ? location ?? value : location;
        if (location is not null)
            client.Response.Headers.Location = location;
        client.Fail(new GatewayFailure(
            ErrorCatalogue.IdempotentAnswerTooLarge,
            $"The request was carried out before, and answered with {reader.Status}; that answer was too large to be kept.{(location is null ? "" : $" What came of it is at {location}.")}"));
    }
}
