using Headgate.OpenApi.Model;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Configuration;

/// <summary>What the expressions of an operation's extensions see.</summary>
public static class ExpressionScopes
{
    /// <summary>The scope without answers of steps and parts.</summary>
    public static ExpressionScope Of(ApiDocument document, ApiOperation operation) =>
        ExpressionScope.Of(operation, GatewayConfigExtension.Of(document).Tenancy.AcceptHeader.Count > 0);
}
