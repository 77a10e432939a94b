namespace Zoetrope.Validation;

/// <summary>Refuses options that make no sense where they are set, which is before anything is sent or paid.</summary>
internal static class OptionChecks
{
    public static int? AtLeastOne(int? value, string name) =>
        value is not < 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is at least 1.");

    public static int AtLeastOne(int value, string name) => (int)AtLeastOne((long)value, name);

    public static long AtLeastOne(long value, string name) =>
        value >= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is at least 1.");

    public static long AtLeastZero(long value, string name) =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is at least 0.");

    public static TimeSpan Positive(TimeSpan value, string name) =>
        value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is more than zero.");

    public static TimeSpan PositiveOrInfinite(TimeSpan value, string name) =>
        value == Timeout.InfiniteTimeSpan ? value : Positive(value, name);
}
