using Headgate.Gateway.Pipeline;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>
/// What the limits said to one request. Belongs to its context and is reused with it, so that in the steady state nothing is allocated. Not thread-safe.
/// </summary>
internal sealed class LimitReadings
{
    private LimitReading[] _readings = [];
    private int _count;

    // The header fields' values by their number; Kestrel has sent them when the next request reuses them.
    private (string[] Policies, string[] States)?[] _fields = [];

    /// <summary>The readings so far.</summary>
    public Span<LimitReading> All => _readings.AsSpan(0, _count);

    public void Clear() => _count = 0;

    /// <summary>Has the limits of a stage read, and taken from, all or none.</summary>
    /// <param name="plans">The limits, in the order in which they are locked.</param>
    /// <param name="context">The request.</param>
    /// <param name="takes">Whether it takes; false only looks, for an explanation.</param>
    /// <returns>Whether all admit the request.</returns>
    public bool Read(RateLimitPlan[] plans, GatewayContext context, bool takes)
    {
        Span<LimitReading> readings = Begin(plans, context);
        long now = LimitClock.Now(context.Clock);
        bool admits = true;
        int entered = 0;
        try
        {
            for (; entered < readings.Length; entered++)
            {
                ref LimitReading reading = ref readings[entered];
                reading.Stripe.Enter();
                reading.Now = now;
                reading.Arrival = reading.Stripe.Read(reading.Key, now + reading.Plan.Rate.Capacity, out reading.Place);
                admits &= reading.IsAdmitting;
            }

            if (takes)
            {
                foreach (ref LimitReading reading in readings)
                    Settle(ref reading, admits, context);
            }
        }
        finally
        {
            while (entered > 0)
                readings[--entered].Stripe.Exit();
        }

        return admits;
    }

    /// <summary>Gives back what the request has taken: another limit refused it.</summary>
    public void GiveBack(long now)
    {
        foreach (ref LimitReading reading in All)
        {
            if (!reading.IsTaken)
                continue;
            reading.IsTaken = false;
            reading.Stripe.Enter();

            // What was earned again meanwhile is whole already: giving back more would be a gift.
            reading.Stripe.GiveBack(reading.Key, now < reading.Arrival ? reading.Plan.Rate.Interval : 0);
            reading.Stripe.Exit();
            reading.Arrival -= reading.Plan.Rate.Interval;
        }
    }

    /// <summary>Writes <c>RateLimit-Policy</c> and <c>RateLimit</c> (draft-ietf-httpapi-ratelimit-headers §3 and §4), one line for each limit.</summary>
    public void WriteTo(IHeaderDictionary headers, LimitFieldTexts texts)
    {
        if (_count == 0)
            return;
        (string[] policies, string[] states) = FieldsOf(_count);
        for (int i = 0; i < _count; i++)
        {
            ref readonly LimitReading reading = ref _readings[i];
            policies[i] = reading.Plan.State.PolicyField;
            states[i] = texts.Get(reading.Plan.State.FieldName, reading.Remaining, (int)Math.Min(int.MaxValue, Math.Ceiling(reading.UntilFull.TotalSeconds)));
        }

        headers["RateLimit-Policy"] = policies;
        headers["RateLimit"] = states;
    }

    private Span<LimitReading> Begin(RateLimitPlan[] plans, GatewayContext context)
    {
        if (_readings.Length < _count + plans.Length)
            Array.Resize(ref _readings, _count + plans.Length);
        int first = _count;
        foreach (RateLimitPlan plan in plans)
        {
            if (!plan.Counts(context))
                continue;
            ulong key = plan.Consumer.Of(context);
            _readings[_count++] = new LimitReading { Plan = plan, Key = key, Stripe = plan.State.Table.StripeOf(key) };
        }

        return _readings.AsSpan(first, _count - first);
    }

    private static void Settle(ref LimitReading reading, bool admits, GatewayContext context)
    {
        if (!admits)
        {
            // Counted where the request would have been too much; the others had room.
            if (!reading.IsAdmitting)
                reading.Stripe.Refused++;
            return;
        }

        LimitRate rate = reading.Plan.Rate;
        reading.Arrival = rate.After(reading.Arrival, reading.Now);
        reading.IsTaken = true;
        reading.Stripe.Admitted++;
        reading.Stripe.Write(reading.Key, reading.Place, reading.Arrival, reading.Now);
        bool isBusy = reading.Arrival - reading.Now > rate.Capacity / 2;
        if (isBusy && reading.Stripe.Labels.Wants(reading.Key, reading.Arrival, reading.Now))
            reading.Stripe.Labels.Add(reading.Key, reading.Arrival, reading.Plan.Consumer.NameOf(context));
    }

    private (string[] Policies, string[] States) FieldsOf(int count)
    {
        if (_fields.Length <= count)
            Array.Resize(ref _fields, count + 1);
        return _fields[count] ??= (new string[count], new string[count]);
    }
}
