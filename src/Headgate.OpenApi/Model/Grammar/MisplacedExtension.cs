using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Model.Grammar;

/// <summary>The finding that a gateway extension stands where nothing would act on it.</summary>
internal static class MisplacedExtension
{
    public static void Report(DiagnosticBag diagnostics, ObjectMember member, string place) => diagnostics.Add(
        OpenApiDiagnostics.MisplacedExtension,
        member,
        $"'{member.Key}' has no effect in a {place} here.",
        "Gateway extensions stand at the top of the document, in the path items and operations of 'paths', and in security schemes.");
}
