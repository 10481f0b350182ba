namespace Headgate.Gateway.Forwarding;

/// <summary>Draws an instance at random, in proportion to what it counts.</summary>
internal static class WeightedDraw
{
    /// <summary>The position of the drawn instance, or -1 when none may be chosen.</summary>
    public static int Draw(in InstanceChoice choice, Random random, int excluded)
    {
        int total = 0;
        for (int i = 0; i < choice.Count; i++)
            total += i == excluded ? 0 : choice.ShareOf(i);
        if (total == 0)
            return -1;

        int ticket = random.Next(total);
        for (int i = 0; i < choice.Count; i++)
        {
            ticket -= i == excluded ? 0 : choice.ShareOf(i);
            if (ticket < 0)
                return i;
        }

        // An instance began to cool down between the two passes: the caller falls back.
        return -1;
    }
}
