using Headgate.Gateway.Calls;
using Headgate.Gateway.Telemetry.Metrics;
using Headgate.Integration.Sagas.Definitions;
using Microsoft.Extensions.Logging;

namespace Headgate.Integration.Sagas;

/// <summary>What all sagas of a process share. Thread-safe.</summary>
/// <param name="Definitions">How they are carried out.</param>
/// <param name="Answers">What their clients are answered.</param>
/// <param name="Meter">Who counts them.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">Where they are told of.</param>
internal sealed record SagaServices(SagaDefinitions Definitions, SagaAnswers Answers, SagaMeter Meter, TimeProvider Time, ILogger Logger)
{
    /// <summary>Measures how long a call takes, which may have been made before.</summary>
    public async Task<ServiceAnswer> TimedAsync(SagaPlan plan, string step, bool isRepeat, Task<ServiceAnswer> call)
    {
        long since = Time.GetTimestamp();
        ServiceAnswer answer = await call;
        Meter.StepTook(plan.Api, plan.Operation, step, Time.GetElapsedTime(since), isRepeat);
        return answer;
    }
}
