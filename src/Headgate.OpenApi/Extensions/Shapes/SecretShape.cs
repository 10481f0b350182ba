using System.Text.Json.Nodes;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Values;

namespace Headgate.OpenApi.Extensions.Shapes;

/// <summary>A <see cref="SecretReference"/>. A secret written out is refused without repeating it.</summary>
internal sealed class SecretShape : ValueShape
{
    public override string Expected => "a reference such as ${secret:NAME}";

    public override string TypeName => "secret reference";

    public override bool Accepts(DocumentNode node) => node is ScalarNode { Kind: ScalarKind.String };

    public override object? Bind(DocumentNode node, DiagnosticBag diagnostics)
    {
        if (SecretReference.TryParse((node as ScalarNode)?.AsString(), out SecretReference? reference))
            return reference;
        diagnostics.Add(
            ExtensionDiagnostics.BadFormat,
            node,
            $"{NameOf(node)} must be {Expected}: a document never contains a secret.",
            "Put the secret into HEADGATE_SECRET_NAME or a file NAME in the secrets directory, and write ${secret:NAME} here.");
        return null;
    }

    public override JsonObject ToSchema(SchemaDefinitions definitions) =>
        new() { ["type"] = "string", ["pattern"] = "^\\$\\{secret:[A-Za-z0-9_.-]+\\}$" };
}
