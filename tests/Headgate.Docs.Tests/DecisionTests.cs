using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Headgate.Docs.Tests.Support;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Roles;
using Headgate.Integration.Idempotency;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Docs.Tests;

/// <summary>Holds decisions of <c>docs/adr</c> that no feature's own test holds.</summary>
public class DecisionTests
{
    [Fact]
    public void Product_ReadsDocuments_WithoutMicrosoftOpenApi()
    {
        Assert.DoesNotContain("Microsoft.OpenApi", File.ReadAllText(Repository.PathOf("Directory.Packages.props")), StringComparison.Ordinal);
        Assert.All(["Headgate.OpenApi", "Headgate.Gateway", "Headgate.Integration", "headgate"], assembly =>
            Assert.DoesNotContain(Assembly.Load(assembly).GetReferencedAssemblies(), reference => reference.Name!.StartsWith("Microsoft.OpenApi", StringComparison.Ordinal)));
    }

    [Fact]
    public void DataPlane_Runs_WithoutHttpContext()
    {
        Assert.True(typeof(IHttpApplication<GatewayContext>).IsAssignableFrom(typeof(GatewayApplication)));

        using var file = new PEReader(File.OpenRead(typeof(GatewayApplication).Assembly.Location));
        MetadataReader metadata = file.GetMetadataReader();
        string[] used = [.. metadata.TypeReferences.Select(handle => metadata.GetString(metadata.GetTypeReference(handle).Name))];

        Assert.Contains("IFeatureCollection", used);
        Assert.DoesNotContain(used, name => name is "HttpContext" or "DefaultHttpContext" or "RequestDelegate");
    }

    [Fact]
    public void Policies_AreListed_InTheOrderOfTheirStages()
    {
        PipelineStage[] own = [.. DefaultPipeline.CreatePolicies(new KnownRoles()).Select(policy => policy.Stage)];
        PolicyCompiler[] ofOtherAssemblies = [new IdempotencyKeys(store: null, TimeProvider.System, NullLogger<IdempotencyKeys>.Instance).CreateCompiler()];

        Assert.Equal(own.Order(), own);
        // Each stage has its policy, and no two have one place: then the order of stages, in which plans are compiled, is that of policies.
        Assert.Equal(Enum.GetValues<PipelineStage>(), own.Concat(ofOtherAssemblies.Select(policy => policy.Stage)).Order());
    }

    [Fact]
    public void ErrorTypes_AreUrns_ThatTheirPagesState()
    {
        GatewayErrorKind[] kinds = [.. typeof(ErrorCatalogue).GetFields().Where(field => field.FieldType == typeof(GatewayErrorKind)).Select(field => (GatewayErrorKind)field.GetValue(null)!)];

        Assert.NotEmpty(kinds);
        Assert.All(kinds, kind =>
        {
            Assert.Equal($"urn:headgate:error:{kind.Name.Replace('_', '-')}", kind.TypeUri);
            Assert.Contains(kind.TypeUri, File.ReadAllText(Repository.PathOf($"docs/errors/{kind.Name}.md")), StringComparison.Ordinal);
        });
    }
}
