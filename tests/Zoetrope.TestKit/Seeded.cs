using System.Globalization;
using FsCheck;

namespace Zoetrope.TestKit;

/// <summary>
/// Random tests from a fixed seed, so that a result depends on the commit alone. <c>ZOETROPE_SEED=7</c> tries other values; a failure names its seed.
/// </summary>
public static class Seeded
{
    /// <summary>The seed of this run.</summary>
    public static int Seed { get; } = int.Parse(Environment.GetEnvironmentVariable("ZOETROPE_SEED") ?? "1", CultureInfo.InvariantCulture);

    /// <summary>Fails when the property does not hold for one of a number of random values.</summary>
    /// <param name="property">The property.</param>
    /// <param name="cases">The number of values.</param>
    /// <param name="seed">A seed of its own, instead of that of this run.</param>
    public static void CheckSeeded(this Property property, int cases = 100, int? seed = null)
    {
        // The second number is gamma, which FsCheck requires to be odd.
        property.Check(Config.QuickThrowOnFailure.WithMaxTest(cases).WithQuietOnSuccess(true).WithReplay((ulong)(seed ?? Seed), 1UL));
    }
}
