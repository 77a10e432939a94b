using System.Collections.Concurrent;
using System.Globalization;

namespace Zoetrope.Agreement.Tests;

/// <summary>How often the random tests try, and how they say what they found.</summary>
internal static class Runs
{
    // Of one endpoint, so that another failure is seen beside one that happens every time.
    private const int MostShown = 3;

    /// <summary>More of everything, for long runs by hand: <c>ZOETROPE_AGREEMENT_TIMES=50</c>.</summary>
    private static readonly int _times = int.Parse(Environment.GetEnvironmentVariable("ZOETROPE_AGREEMENT_TIMES") ?? "1", CultureInfo.InvariantCulture);

    /// <summary>Of the whole APIs only those whose file is called so, for runs by hand: <c>ZOETROPE_AGREEMENT_ONLY=luma</c>.</summary>
    public static string Only { get; } = Environment.GetEnvironmentVariable("ZOETROPE_AGREEMENT_ONLY") ?? "";

    /// <summary>Tries every endpoint a number of times, each with a seed of its own, and fails with what was said.</summary>
    /// <param name="models">The endpoints.</param>
    /// <param name="count">How many times, where nothing asks for more.</param>
    /// <param name="attempt">Says what is wrong, or null.</param>
    public static void Over(CompiledModels models, int count, Func<AgreedEndpoint, int, string?> attempt)
    {
        var failures = new ConcurrentQueue<string>();
        Parallel.ForEach(models.Endpoints, endpoint =>
        {
            var failed = 0;
            for (var i = 0; i < count * _times; i++)
            {
                var seed = Seeded.Seed * 1_000_000 + i;
                string? failure;
                try
                {
                    failure = attempt(endpoint, seed);
                }
                catch (Exception exception)
                {
                    // Whatever is thrown is a failure of this endpoint, and the others are tried too.
                    failure = exception.ToString();
                }
                if (failure is null)
                    continue;
                failures.Enqueue($"{endpoint.Name}, seed {seed}: {failure}");
                if (++failed == MostShown)
                    break;
            }
        });
        Assert.True(
            failures.IsEmpty,
            $"{failures.Count} failures over {models.Endpoints.Count} endpoints:\n{string.Join("\n", failures.Order(StringComparer.Ordinal).Take(60))}");
    }

    /// <summary>Random numbers of a seed, the same on every machine and for every endpoint other ones.</summary>
    public static Random Random(AgreedEndpoint endpoint, int seed) =>
        new(endpoint.Name.Aggregate(seed, (hash, unit) => unchecked(hash * 31 + unit)));
}
