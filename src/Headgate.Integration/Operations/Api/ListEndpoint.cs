using Headgate.Gateway.BuiltIns;
using Headgate.Gateway.Pipeline;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Headgate.Integration.Operations.Api;

/// <summary><c>GET /api/v1/operations</c>: the caller's own, or those of its whole tenant. Thread-safe.</summary>
internal sealed class ListEndpoint(OperationRegistry operations, OperationAccess access)
{
    private const int DefaultLimit = 50;

    public async ValueTask AnswerAsync(GatewayContext context)
    {
        Dictionary<string, StringValues> query = QueryHelpers.ParseQuery(context.Request.Query);
        bool isOwn = Value("mine") == "true" || !access.SeesTenant(context);
        string? owner = OperationOwner.Of(context);
        OperationPage page = isOwn && owner is null
            ? new OperationPage([], null) // What nobody in particular began is listed for nobody.
            : await operations.ListAsync(FilterOf(isOwn ? owner : null), Value("cursor"), Value("limit") is { } limit ? (int)WholeNumber.Read(limit) : DefaultLimit, context.RequestAborted);
        OperationAnswer.WriteList(
            context,
            "operations",
            json =>
            {
                json.WriteStartArray();
                foreach (OperationRecord record in page.Operations)
                    OperationJson.Write(json, record);
                json.WriteEndArray();
            },
            json => json.WriteString("next"u8, page.Next));

        OperationFilter FilterOf(string? of) => new()
        {
            Owner = of,
            Tenant = context.Tenant ?? "",
            Api = OperationAccess.ApiOf(context),
            States = Value("status") is { } states ? [.. states.Split(',').Select(OperationStates.Parse)] : [],
            Kind = Value("kind"),
            Name = Value("name"),
            NeedsAttention = Value("needs_attention") is { } needs ? needs == "true" : null,
        };

        string? Value(string name) => query.TryGetValue(name, out StringValues value) ? value[0] : null;
    }
}
