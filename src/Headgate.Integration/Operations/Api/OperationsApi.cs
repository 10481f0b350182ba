using Headgate.Gateway.BuiltIns;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Authorize;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;

namespace Headgate.Integration.Operations.Api;

/// <summary>Operations for those who began them: their state, their end, their log. Mounted once beside each document that begins any, for its callers.</summary>
public sealed class OperationsApi : BuiltInApi
{
    private readonly Func<ApiOperation, bool> _begins;

    private OperationsApi(ExtensionRegistry extensions, Func<ApiOperation, bool> begins, IReadOnlyDictionary<string, BuiltInOperation> operations)
        : base("headgate-operations.openapi.yaml", extensions, operations)
    {
        _begins = begins;
    }

    /// <summary>Makes the API.</summary>
    /// <param name="extensions">The extensions that its document may use.</param>
    /// <param name="begins">Which operations of documents begin operations.</param>
    /// <param name="services">The operations; null for a command that looks at documents alone: then nothing can be answered.</param>
    /// <param name="permissions">What callers are permitted beyond their own.</param>
    public static OperationsApi Create(ExtensionRegistry extensions, Func<ApiOperation, bool> begins, OperationServices? services, CallerPermissions permissions)
    {
        OperationAccess? access = services is null ? null : new OperationAccess(services.Registry, permissions);
        ListEndpoint? list = services is null ? null : new ListEndpoint(services.Registry, access!);
        CancelEndpoint? cancel = services is null ? null : new CancelEndpoint(services.Registry, access!);
        LogsEndpoint? logs = services is null ? null : new LogsEndpoint(services.Logs, access!, services.Streams);
        return new OperationsApi(extensions, begins, new Dictionary<string, BuiltInOperation>
        {
            ["listOperations"] = (context, _) => (list ?? throw NoStore()).AnswerAsync(context),
            ["getOperation"] = (context, _) => AnswerOneAsync(access ?? throw NoStore(), context),
            ["cancelOperation"] = (context, _) => (cancel ?? throw NoStore()).AnswerAsync(context),
            ["readOperationLogs"] = (context, _) => (logs ?? throw NoStore()).AnswerAsync(context),
        });
    }

    /// <inheritdoc/>
    public override IReadOnlyList<BuiltInMount> MountsBeside(IReadOnlyList<ApiDocument> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var mounts = new List<BuiltInMount>();
        foreach (ApiDocument document in documents)
        {
            ApiOperation[] makers = [.. document.Operations.Where(_begins)];
            if (makers.Length > 0)
                mounts.Add(OperationsMount.Beside(this, document, makers, isFirst: mounts.Count == 0));
        }

        return mounts;
    }

    /// <inheritdoc/>
    protected override string? ReasonToMount(IReadOnlyList<ApiDocument> documents) => null;

    private static async ValueTask AnswerOneAsync(OperationAccess access, GatewayContext context)
    {
        if (await access.FindAsync(context) is { } record)
            OperationAnswer.Write(context, 200, record);
    }

    private static InvalidOperationException NoStore() => new("There is no store.");
}
