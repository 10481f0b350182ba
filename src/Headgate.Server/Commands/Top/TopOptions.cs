namespace Headgate.Server.Commands.Top;

/// <summary>How <c>headgate top</c> shows an instance.</summary>
/// <param name="Interval">The time between two looks.</param>
/// <param name="Sort">The order of rows.</param>
/// <param name="Rows">The most rows of each table.</param>
/// <param name="Once">Whether it looks twice, shows once and ends.</param>
/// <param name="Json">Whether it prints JSON: one object, or one on each line.</param>
internal sealed record TopOptions(TimeSpan Interval, TopSort Sort, int Rows, bool Once, bool Json);
