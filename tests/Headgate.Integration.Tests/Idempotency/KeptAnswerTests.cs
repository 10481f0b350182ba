using Headgate.Gateway.Errors;
using Headgate.Integration.Idempotency;
using Microsoft.AspNetCore.Http;

namespace Headgate.Integration.Tests.Idempotency;

/// <summary>How answers are kept.</summary>
public class KeptAnswerTests
{
    private static readonly DateTimeOffset s_end = DateTimeOffset.FromUnixTimeMilliseconds(1_795_000_000_123);

    [Fact]
    public void Answer_IsReadAsItWasWritten_WithoutWhatTellsOfItsExchange()
    {
        var headers = new HeaderDictionary { ["X-Name"] = "Zoë 🎈", ["Date"] = "now", ["x-request-id"] = "1", ["Empty"] = "", ["Content-Length"] = "3" };
        byte[] body = [0, 255, 7];

        byte[] kept = KeptAnswerWriter.Write(s_end, 207, headers, failure: null, body);

        var reader = new KeptAnswerReader(kept);
        Assert.Equal((s_end, 207, true), (reader.ExpiresAt, reader.Status, reader.IsWhole));
        Assert.Equal(["X-Name=Zoë 🎈", "Empty="], FieldsOf(ref reader));
        Assert.Null(reader.ReadError());
        Assert.Equal(body, kept[reader.Position..]);
    }

    [Fact]
    public void Error_IsReadAsItWasWritten()
    {
        var failure = new GatewayFailure(ErrorCatalogue.UpstreamError with { Status = 422, Code = "NO_STOCK", Title = "There is none." }, "Product 7 is sold out.")
        {
            Service = "inventory", Errors = [new FailureDetail("#/items/0", "sold out"), new FailureDetail("", "")],
        };

        var reader = new KeptAnswerReader(KeptAnswerWriter.Write(s_end, 422, new HeaderDictionary(), failure, ReadOnlyMemory<byte>.Empty));

        Assert.Empty(FieldsOf(ref reader));
        GatewayFailure read = reader.ReadError()!;
        Assert.Equal((failure.Kind, failure.Detail, failure.Service), (read.Kind, read.Detail, read.Service));
        Assert.Equal(failure.Errors, read.Errors);
    }

    [Fact]
    public void Answer_ThatWasTooLarge_HasNoBody_AndIsNoWhole()
    {
        var reader = new KeptAnswerReader(KeptAnswerWriter.Write(s_end, 201, new HeaderDictionary { ["Location"] = "/1" }, failure: null, body: null));

        Assert.False(reader.IsWhole);
        Assert.Equal(["Location=/1"], FieldsOf(ref reader));
    }

    [Fact]
    public void Answer_OfALaterVersion_IsRefused()
    {
        byte[] kept = KeptAnswerWriter.Write(s_end, 200, new HeaderDictionary(), failure: null, body: null);
        kept[0]++;

        Assert.Throws<InvalidDataException>(() => _ = new KeptAnswerReader(kept).Status);
    }

    private static List<string> FieldsOf(ref KeptAnswerReader reader)
    {
        var fields = new List<string>();
        while (reader.TryReadField(out string name, out string value))
            fields.Add($"{name}={value}");
        return fields;
    }
}
