using System.Drawing;
using System.Globalization;
using Zoetrope.Json;
using Zoetrope.Models;

namespace Zoetrope.Extensions.AI.Mapping;

/// <summary>Sets the size of the output: as width and height, as one parameter for both, or else by the proportions that the model has.</summary>
internal static class OutputSize
{
    /// <summary>Sets the size, unless the caller has set it by its name.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The width or the height is not positive.</exception>
    public static void Set(RequestBuilder builder, Size? size)
    {
        if (size is not { } wanted)
            return;
        ArgumentOutOfRangeException.ThrowIfLessThan(wanted.Width, 1, nameof(size));
        ArgumentOutOfRangeException.ThrowIfLessThan(wanted.Height, 1, nameof(size));
        var parameters = builder.Parameters;
        if (builder.Has(parameters.Size) || (parameters.WidthAndHeight is { } both && (builder.Has(both.Width) || builder.Has(both.Height))))
            return;
        if (parameters.WidthAndHeight is { } pair)
            SetPair(builder, pair, wanted);
        else if (!TrySetWhole(builder, parameters.Size, wanted))
            SetRatio(builder, parameters, wanted);
    }

    /// <summary>Sets the proportions as they are written.</summary>
    public static void SetRatio(RequestBuilder builder, string ratio)
    {
        var parameter = builder.Parameters.Ratio;
        // Where the known values are sizes, one of these proportions.
        var wanted = Parse(ratio, ':');
        var value = parameter?.Values is { } values && !values.Contains(ratio) && wanted is { } size
            ? values.FirstOrDefault(value => Parse(value, ':') is { } known && (long)known.Width * size.Height == (long)known.Height * size.Width)
            : null;
        builder.SetStrictly(parameter, $"the proportions {ratio}", value ?? ratio);
    }

    private static void SetPair(RequestBuilder builder, (ParameterInfo Width, ParameterInfo Height) pair, Size wanted)
    {
        builder.Set(pair.Width, (long)wanted.Width);
        builder.Set(pair.Height, (long)wanted.Height);
        // A model that also has proportions may go by the size only where these say so.
        var ratio = builder.Parameters.Ratio;
        if (ratio is not null && !builder.Has(ratio)
            && (ratio.Values?.Contains("custom") == true || ratio.Description?.Contains("'custom'", StringComparison.Ordinal) == true))
            builder.Set(ratio, "custom");
    }

    private static bool TrySetWhole(RequestBuilder builder, ParameterInfo? parameter, Size wanted)
    {
        if (parameter is null)
            return false;
        if (parameter.Type != "string")
        {
            var members = new KeyValuePair<string, RawJson>[] { new("width", (long)wanted.Width), new("height", (long)wanted.Height) };
            builder.Set(parameter, JsonValues.Object(members));
            // A size that is too large is for the validation to refuse. Only where the parameter takes no such object there are other ways.
            if (!builder.HasIssueAt(parameter))
                return true;
            builder.Remove(parameter);
            return false;
        }
        // A separator between two numbers, as in the default or the known values.
        foreach (var separator in "x*:")
        {
            if ((parameter.Values ?? (parameter.Default is { } text ? [text.Trim('"')] : [])).Any(value => Parse(value, separator) is not null))
                return builder.TrySet(parameter, Joined(wanted, separator));
        }
        return false;
    }

    private static void SetRatio(RequestBuilder builder, ModelParameters parameters, Size wanted)
    {
        var parameter = parameters.Ratio ?? parameters.Size;
        if (builder.Has(parameter))
            return;
        if (parameter is null)
        {
            builder.Warn($"{builder.Model} has no parameter for the size {Joined(wanted, 'x')}, which was not sent.");
            return;
        }
        var exact = parameter.Values?.FirstOrDefault(value => Parse(value, ':') is { } known && known == wanted);
        var similar = exact ?? parameter.Values?
            .Where(value => Parse(value, ':') is { } known && (long)known.Width * wanted.Height == (long)known.Height * wanted.Width)
            .MinBy(value => Math.Abs(Parse(value, ':')!.Value.Width - wanted.Width));
        var value = similar ?? (parameter.Values is null ? Joined(Reduce(wanted), ':') : null);
        if (value is null || !builder.TrySet(parameter, value))
        {
            builder.Warn($"{builder.Model} does not have the size {Joined(wanted, 'x')}, nor its proportions, which were not sent"
                + (parameter.Values is null ? "." : $": {parameter.Name} is one of {string.Join(", ", parameter.Values)}."));
        }
        else if (exact is null)
        {
            builder.Warn($"{builder.Model} has proportions, and no sizes: instead of {Joined(wanted, 'x')}, {parameter.Name} is {value}.");
        }
    }

    private static string Joined(Size size, char separator) => string.Create(CultureInfo.InvariantCulture, $"{size.Width}{separator}{size.Height}");

    private static Size? Parse(string text, char separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at > 0
            && int.TryParse(text.AsSpan(0, at), NumberStyles.None, CultureInfo.InvariantCulture, out var width)
            && int.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var height)
                ? new Size(width, height)
                : null;
    }

    private static Size Reduce(Size size)
    {
        var (a, b) = (size.Width, size.Height);
        while (b != 0)
            (a, b) = (b, a % b);
        return new(size.Width / a, size.Height / a);
    }
}
