using Headgate.Integration.Events;
using Headgate.Integration.Idempotency;
using Headgate.Integration.Sagas;
using Headgate.Integration.Webhooks;
using Headgate.OpenApi.Extensions;

namespace Headgate.Integration;

/// <summary>The extensions that durable composition brings.</summary>
public static class IntegrationExtensions
{
    /// <summary>Registers all of them, once at start.</summary>
    public static ExtensionRegistry RegisterAll(ExtensionRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        return registry
            .Add(IdempotencyExtension.Definition)
            .Add(PublishExtension.Definition)
            .Add(SagaExtension.Definition)
            .Add(WebhookInExtension.Definition);
    }
}
