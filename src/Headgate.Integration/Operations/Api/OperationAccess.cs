using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Authorize;

namespace Headgate.Integration.Operations.Api;

/// <summary>
/// Whose business an operation is: of who began it, within the tenant; and of who has a permission for the whole tenant. One that nobody in particular began is its id's holder's. What a caller has no
/// business with is not there for it. Thread-safe.
/// </summary>
internal sealed class OperationAccess(OperationRegistry operations, CallerPermissions permissions)
{
    /// <summary>Lets see what others of the tenant began.</summary>
    public const string ReadPermission = "operations:read";

    /// <summary>Lets end what others of the tenant began, as far as it can be seen.</summary>
    public const string CancelPermission = "operations:cancel";

    private static readonly GatewayFailure s_unknown = new(OperationErrors.Unknown, "The caller has no operation of that id.");

    /// <summary>The operation that a request names; null when it has failed, since there is none for its caller.</summary>
    public async ValueTask<OperationRecord?> FindAsync(GatewayContext context)
    {
        string id = context.PathValues[0].ToString();
        OperationRecord? found = OperationId.IsOne(id) ? await operations.FindAsync(id, context.RequestAborted) : null;
        if (found is not null && MaySee(context, found))
            return found;
        context.Fail(s_unknown);
        return null;
    }

    /// <summary>The API whose operations a request is about.</summary>
    public static string ApiOf(GatewayContext context) => context.Operation!.Api.BuiltIn!.Home!.Name;

    /// <summary>Whether the caller may see what everybody of the tenant began.</summary>
    public bool SeesTenant(GatewayContext context) => permissions.Has(context, ReadPermission);

    /// <summary>Whether the caller may end an operation that it sees.</summary>
    public bool MayCancel(GatewayContext context, OperationRecord record) => IsOwn(context, record) || permissions.Has(context, CancelPermission);

    private bool MaySee(GatewayContext context, OperationRecord record) =>
        record.Api == ApiOf(context) && record.Tenant == context.Tenant && (IsOwn(context, record) || SeesTenant(context));

    private static bool IsOwn(GatewayContext context, OperationRecord record) => record.Owner is null || record.Owner == OperationOwner.Of(context);
}
