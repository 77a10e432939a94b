using Microsoft.Extensions.AI;
using Zoetrope.Models;

namespace Zoetrope.Extensions.AI.Mapping;

/// <summary>Sets the images that a request starts from. None is dropped: a model that does not take them all is not asked.</summary>
internal static class InputImages
{
    /// <summary>Sets them.</summary>
    /// <exception cref="NotSupportedException">The model does not take so many.</exception>
    /// <exception cref="ArgumentException">One is not a file.</exception>
    public static void Set(RequestBuilder builder, IEnumerable<AIContent>? images)
    {
        var texts = new List<string>();
        foreach (var image in images ?? [])
            texts.Add(builder.Files.Add(image, "the image"));
        if (texts.Count == 0)
            return;
        var parameters = builder.Parameters;
        if (texts.Count == 1 && parameters.Image is { } one)
            builder.Set(one, texts[0]);
        else if (parameters.Images is { } many)
            SetMany(builder, many, texts);
        else if (parameters.NumberedImages is { } numbered && numbered.Count >= texts.Count)
            SetNumbered(builder, numbered, texts);
        else
            throw new NotSupportedException($"{builder.Model} does not take {Described(texts.Count)}. It has {parameters.Names}. Nothing was sent.");
    }

    private static void SetMany(RequestBuilder builder, ParameterInfo parameter, List<string> texts)
    {
        if (builder.Has(parameter))
        {
            builder.WarnGiven(parameter);
            return;
        }
        var plain = JsonValues.Array(texts);
        // Of some models the items are objects with the address, under one of two names.
        if (!builder.TrySet(parameter, plain, JsonValues.ArrayOfObjects("url", texts), JsonValues.ArrayOfObjects("uri", texts)))
            builder.Set(parameter, plain);
    }

    private static void SetNumbered(RequestBuilder builder, IReadOnlyList<ParameterInfo> parameters, List<string> texts)
    {
        for (var i = 0; i < texts.Count; i++)
            builder.Set(parameters[i], texts[i]);
    }

    private static string Described(int count) => count == 1 ? "an image to start from" : $"{count} images to start from";
}
