namespace Zoetrope.Validation;

/// <summary>Refuses invalid options where they are set, which is before anything is sent or billed.</summary>
internal static class OptionChecks
{
    public static int? AtLeastOne(int? value, string name) =>
        value is not < 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 1.");

    public static int AtLeastOne(int value, string name) => (int)AtLeastOne((long)value, name);

    public static long AtLeastOne(long value, string name) =>
        value >= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 1.");

    public static long AtLeastZero(long value, string name) =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 0.");

    public static TimeSpan Positive(TimeSpan value, string name) =>
        value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be more than zero.");

    public static TimeSpan PositiveOrInfinite(TimeSpan value, string name) =>
        value == Timeout.InfiniteTimeSpan ? value : Positive(value, name);

    public static ArgumentException Invalid(string problem, string name) => new(problem, name);
}
