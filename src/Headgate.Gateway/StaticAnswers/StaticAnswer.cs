using System.Globalization;
using Headgate.Gateway.BuiltIns;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Validation;
using Headgate.Gateway.Representations;
using Headgate.Gateway.Values;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.StaticAnswers;

/// <summary>One answer that the document can give. Immutable, thread-safe.</summary>
internal sealed record StaticAnswer
{
    /// <summary>The status.</summary>
    public required int Status { get; init; }

    /// <summary>The media type; null where there is no content.</summary>
    public string? ContentType { get; init; }

    /// <summary>The name of the example that it is; null where it has none.</summary>
    public string? Example { get; init; }

    /// <summary>The content, where it is the same for every request.</summary>
    public Representation? Fixed { get; init; }

    /// <summary>The content, where requests fill it in.</summary>
    public RequestValue? Value { get; init; }

    /// <summary>Header fields that the document gives it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; init; } = [];

    private bool HasContent => Fixed is not null || Value is not null;

    /// <summary>How much a client wants its media type; 1 where there is no content.</summary>
    public double WeightOf(IHeaderDictionary headers) => ContentType is null ? 1 : AnswerTypes.WeightOf(MediaType.Essence(ContentType), headers.Accept);

    /// <summary>Makes it the answer.</summary>
    /// <param name="context">The request.</param>
    /// <param name="isMinimal">Whether the client prefers no content. Reading takes no notice of it: the content is what was asked for.</param>
    /// <returns>Whether that preference was heeded.</returns>
    public bool Write(GatewayContext context, bool isMinimal)
    {
        bool isRead = context.Request.Method is "GET" or "HEAD";
        bool leavesOut = isMinimal && !isRead && HasContent && Status is >= 200 and < 300;
        if (leavesOut || !HasContent)
            WriteHead(context.Response, leavesOut && Status == StatusCodes.Status200OK ? StatusCodes.Status204NoContent : Status);
        else if (Fixed is null)
            BuiltInAnswer.Write(context, Status, ContentType!, Value!.ToJson(context));
        else if (isRead && Status == StatusCodes.Status200OK)
            Fixed.Answer(context);
        else
            Fixed.Write(context, Status);
        if (context.Failure is null)
            WriteFields(context.Response.Headers);
        return leavesOut;
    }

    /// <summary>The answer in words.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Status}{(ContentType is null ? "" : $" {ContentType}")}{(Example is null ? "" : $" '{Example}'")}");

    private static void WriteHead(ClientResponse response, int status)
    {
        response.StatusCode = status;
        if (StatusRules.HasContent(status))
            response.Headers.ContentLength = 0;
    }

    private void WriteFields(IHeaderDictionary headers)
    {
        for (int i = 0; i < Fields.Count; i++)
            headers[Fields[i].Key] = Fields[i].Value;
    }
}
