using Headgate.Gateway.Plans;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;

namespace Headgate.Server.Documents;

/// <summary>One document of the configuration: what its files say now, and which version of it serves. Immutable.</summary>
/// <param name="Path">The entry file as the user named it.</param>
/// <param name="Latest">What became of the files as they were read last.</param>
/// <param name="Running">The version in the plan: the latest, an earlier one that was good, or null.</param>
/// <param name="Files">Every file that was read or looked for.</param>
internal sealed record ServedDocument(string Path, DocumentOutcome Latest, ApiDocument? Running, IReadOnlyList<SourceFile> Files)
{
    /// <summary>Whether an earlier version serves because the latest has errors.</summary>
    public bool ServesEarlierVersion => Running is not null && !ReferenceEquals(Running, Latest.Document);

    /// <summary>How it stands, in a word: <c>serving</c>, <c>serving earlier version</c>, <c>not serving</c>.</summary>
    public string State => Running is null ? "not serving" : ServesEarlierVersion ? "serving earlier version" : "serving";
}
