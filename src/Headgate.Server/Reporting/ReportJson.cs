using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Headgate.Gateway.Policies.Sunset;
using Headgate.Integration.Events.Subscriptions;
using Headgate.Server.Admin;
using Headgate.Server.Explaining;

namespace Headgate.Server.Reporting;

/// <summary>JSON of everything that commands print and the admin API answers. Generated at compile time: reflection would cost each command a tenth of a second.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(ValidationReport))]
[JsonSerializable(typeof(StatusReport))]
[JsonSerializable(typeof(ReloadReply))]
[JsonSerializable(typeof(ExplainReport))]
[JsonSerializable(typeof(ExplainRequest))]
[JsonSerializable(typeof(IReadOnlyList<RouteReport>))]
[JsonSerializable(typeof(ConfigReport))]
[JsonSerializable(typeof(PlanReport))]
[JsonSerializable(typeof(PlanDiffReport))]
[JsonSerializable(typeof(ServiceReport))]
[JsonSerializable(typeof(PageReport<ServiceReport>))]
[JsonSerializable(typeof(InstanceBody))]
[JsonSerializable(typeof(BreakerBody))]
[JsonSerializable(typeof(PageReport<DeprecatedOperation>))]
[JsonSerializable(typeof(IReadOnlyList<DeprecatedOperation>))]
[JsonSerializable(typeof(IReadOnlyList<PastReload>))]
[JsonSerializable(typeof(DrainReport))]
[JsonSerializable(typeof(LogLevelsReport))]
[JsonSerializable(typeof(LogLevelBody))]
[JsonSerializable(typeof(TopReport))]
[JsonSerializable(typeof(PageReport<LimitReport>))]
[JsonSerializable(typeof(IReadOnlyList<LimitReport>))]
[JsonSerializable(typeof(PageReport<RoleReport>))]
[JsonSerializable(typeof(IReadOnlyList<RoleReport>))]
[JsonSerializable(typeof(RoleBody))]
[JsonSerializable(typeof(PageReport<AssignmentReport>))]
[JsonSerializable(typeof(IReadOnlyList<AssignmentReport>))]
[JsonSerializable(typeof(AssignmentBody))]
[JsonSerializable(typeof(CacheReport))]
[JsonSerializable(typeof(PageReport<CachedAnswerReport>))]
[JsonSerializable(typeof(IReadOnlyList<CachedAnswerReport>))]
[JsonSerializable(typeof(PurgeRequest))]
[JsonSerializable(typeof(PurgeReport))]
[JsonSerializable(typeof(VersionReport))]
[JsonSerializable(typeof(RunReport))]
[JsonSerializable(typeof(ProbeReport))]
[JsonSerializable(typeof(ProblemReport))]
[JsonSerializable(typeof(KeyReport))]
[JsonSerializable(typeof(PageReport<KeyReport>))]
[JsonSerializable(typeof(IssuedKeyReport))]
[JsonSerializable(typeof(CreateKeyRequest))]
[JsonSerializable(typeof(RotateKeyRequest))]
[JsonSerializable(typeof(StoreStatusReport))]
[JsonSerializable(typeof(StoreMigrateReport))]
[JsonSerializable(typeof(StoreBackupReport))]
[JsonSerializable(typeof(PageReport<ServiceAccountReport>))]
[JsonSerializable(typeof(IReadOnlyList<ServiceAccountReport>))]
[JsonSerializable(typeof(IssuedSecretReport))]
[JsonSerializable(typeof(IReadOnlyList<SigningKeyListing>))]
[JsonSerializable(typeof(CreateServiceAccountRequest))]
[JsonSerializable(typeof(RotateServiceAccountRequest))]
[JsonSerializable(typeof(PageReport<EventReport>))]
[JsonSerializable(typeof(IReadOnlyList<SubscriptionReport>))]
[JsonSerializable(typeof(ReplayBody))]
[JsonSerializable(typeof(PageReport<DeadLetter>))]
[JsonSerializable(typeof(IReadOnlyList<DeadLetter>))]
[JsonSerializable(typeof(EventReplayPage))]
[JsonSerializable(typeof(PageReport<OperationReport>))]
[JsonSerializable(typeof(IReadOnlyList<OperationReport>))]
[JsonSerializable(typeof(OperationExplanation))]
[JsonSerializable(typeof(PageReport<OperationEntryReport>))]
[JsonSerializable(typeof(IReadOnlyList<OperationEntryReport>))]
[JsonSerializable(typeof(ResolveBody))]
[JsonSerializable(typeof(JsonDocument))]
internal sealed partial class ReportJson : JsonSerializerContext
{
    /// <summary>As <see cref="Readable"/>, on one line.</summary>
    public static ReportJson OneLine => field ??= new(new JsonSerializerOptions(Readable.Options) { WriteIndented = false });

    /// <summary>The context to use: what is printed is for terminals and JSON readers, never for HTML, so quotes and arrows stay readable.</summary>
    public static ReportJson Readable => field ??=
        new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
