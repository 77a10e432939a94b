using System.Globalization;
using Zoetrope.Json;
using Zoetrope.Models;
using Zoetrope.Validation;

namespace Zoetrope.Extensions.AI.Mapping;

/// <summary>The inputs of the jobs that a request is carried out as: several where more results are asked for than the model makes in one job.</summary>
internal static class JobInputs
{
    /// <summary>Splits a request, and validates each input before anything is sent.</summary>
    /// <param name="builder">The request.</param>
    /// <param name="count">How many results are asked for; null for the model's own number.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than one is asked for.</exception>
    /// <exception cref="RequestValidationException">An input is not valid. Nothing was sent.</exception>
    public static IReadOnlyList<RawJson> Split(RequestBuilder builder, int? count)
    {
        if (count is { } wanted)
            ArgumentOutOfRangeException.ThrowIfLessThan(wanted, 1, nameof(count));
        var parameter = builder.Parameters.Count;
        if (count is null || builder.Has(parameter))
        {
            if (count is not null && builder.ValueOf(parameter) != (RawJson)(long)count)
                builder.Warn($"{parameter!.Name} is {builder.ValueOf(parameter)}, which was given by its name, and not {count}.");
            return [Validated(builder)];
        }
        var parts = SizesOf(builder, parameter, count.Value);
        if (parts.Count > 1)
            builder.Warn($"{builder.Model} makes {count} results in {parts.Count} jobs.");
        var seed = parts.Count > 1 ? SeedOf(builder) : null;
        var inputs = new RawJson[parts.Count];
        for (var i = 0; i < inputs.Length; i++)
        {
            if (parameter is not null)
                builder.Replace(parameter, parts[i]);
            if (seed is { } first)
                builder.Replace(builder.Parameters.Seed!, first + i);
            inputs[i] = Validated(builder);
        }
        return inputs;
    }

    private static List<long> SizesOf(RequestBuilder builder, ParameterInfo? parameter, int count)
    {
        var sizes = new List<long>();
        // What the largest part is was found with the first one.
        for (long rest = count; rest > 0; rest -= sizes[^1])
            sizes.Add(parameter is null ? 1 : LargestOf(builder, parameter, sizes.Count > 0 ? Math.Min(rest, sizes[^1]) : rest));
        return sizes;
    }

    // What the model's own validator accepts is its maximum, whether it is a limit, a list of values or a rule in words.
    private static long LargestOf(RequestBuilder builder, ParameterInfo parameter, long rest)
    {
        for (var size = rest; size > 0;)
        {
            builder.Replace(parameter, size);
            var validation = builder.Validate();
            var issue = validation.Issues.Concat(validation.Warnings).FirstOrDefault(issue => issue.Path == parameter.Name);
            if (issue is null)
                return size;
            size = issue.Rule == ValidationRule.Maximum
                && long.TryParse(issue.Limit, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var limit)
                && limit < size
                    ? limit
                    : size - 1;
        }
        return rest;
    }

    private static long? SeedOf(RequestBuilder builder)
    {
        var seed = builder.Parameters.Seed;
        if (builder.ValueOf(seed) is { } given)
        {
            if (!long.TryParse(given.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var first))
                return null;
            // Below 0 it is a word for "at random".
            if (first < 0)
                return null;
            builder.Warn($"Each job has a seed of its own, from {seed!.Name} {first} on: with one seed they would make the same.");
            return first;
        }
        if (seed?.Default is { } text && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            builder.Warn($"{builder.Model} has the seed {text} by default, so its jobs may make the same. Give a seed.");
        return null;
    }

    private static RawJson Validated(RequestBuilder builder)
    {
        var validation = builder.Validate();
        validation.ThrowIfInvalid();
        foreach (var warning in validation.Warnings)
            builder.Warn(warning.ToString());
        return builder.Json;
    }
}
