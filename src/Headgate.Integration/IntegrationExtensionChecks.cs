using Headgate.Gateway.Configuration;
using Headgate.Integration.Events;
using Headgate.Integration.Idempotency;
using Headgate.Integration.Sagas;
using Headgate.Integration.Webhooks;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Values;

namespace Headgate.Integration;

/// <summary>Runs the checkers of all extensions that durable composition brings over a document. Stateless, thread-safe.</summary>
/// <param name="settingsServices">The names of the services that the instance's settings know (<c>--service NAME=URL</c>).</param>
public sealed class IntegrationExtensionChecks(IReadOnlyCollection<string> settingsServices)
{
    private readonly SagaChecker _saga = new(settingsServices);

    /// <summary>Reports what is wrong with any of them.</summary>
    public void Check(ApiDocument document, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(document);
        foreach (ApiOperation operation in document.Operations)
        {
            if (operation.Extensions.Get<SagaExtension>() is { } saga)
                _saga.Check(document, operation, saga, diagnostics);
            if (operation.Extensions.Get<IdempotencyExtension>() is not null)
                IdempotencyChecker.Check(operation, diagnostics);
            if (operation.Extensions.Get<PublishExtension>() is { } publish)
                CheckValues(document, operation, [publish.Aggregate, publish.Data], diagnostics);
            if (operation.Extensions.Get<WebhookInExtension>() is { } webhook)
                CheckValues(document, operation, [webhook.EventId, webhook.EventType], diagnostics);
        }
    }

    private static void CheckValues(ApiDocument document, ApiOperation operation, ReadOnlySpan<ValueExpression?> values, DiagnosticBag diagnostics)
    {
        ExpressionScope scope = ExpressionScopes.Of(document, operation);
        foreach (ValueExpression? value in values)
            scope.Check(value, diagnostics);
    }
}
