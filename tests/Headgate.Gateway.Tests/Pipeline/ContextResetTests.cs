using System.Reflection;
using System.Runtime.CompilerServices;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Values;
using Headgate.Gateway.Tests.Telemetry;

namespace Headgate.Gateway.Tests.Pipeline;

/// <summary>A context serves request after request of a connection: nothing of one may be seen by the next, who may be somebody else behind the same proxy.</summary>
public sealed class ContextResetTests
{
    // Set anew before anything reads them: the plan by the reset itself, the watch when the request is counted.
    private static readonly string[] s_setByEveryRequest = [nameof(GatewayContext.Plan), nameof(GatewayContext.StallWatch)];

    public static TheoryData<string> Settable() =>
    [
        .. typeof(GatewayContext).GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(property => property.SetMethod is not null && !s_setByEveryRequest.Contains(property.Name))
            .Select(property => property.Name),
    ];

    [Theory]
    [MemberData(nameof(Settable))]
    public void Reset_OfWhateverARequestSet_LeavesNothing(string name)
    {
        PropertyInfo property = typeof(GatewayContext).GetProperty(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!;
        GatewayContext fresh = TestRequest.Ended();
        fresh.Reset(GatewayPlan.Empty, startedAt: 1);
        GatewayContext used = TestRequest.Ended();
        property.SetValue(used, Dirty(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType));

        used.Reset(GatewayPlan.Empty, startedAt: 1);

        Assert.Equal(property.GetValue(fresh), property.GetValue(used));
    }

    private static object Dirty(Type type)
    {
        if (type == typeof(string))
            return "of the request before";
        Type concrete = type.IsAbstract ? type.Assembly.GetTypes().Append(typeof(NoAnswers)).First(other => other.IsSubclassOf(type) && !other.IsAbstract) : type;
        return RuntimeHelpers.GetUninitializedObject(concrete);
    }

    // Those of sagas are another assembly's.
    private sealed class NoAnswers : KnownAnswers
    {
        public override ReadOnlyMemory<byte> Body => default;

        public override ReadOnlyMemory<byte> AnswerOf(int position) => default;
    }
}
