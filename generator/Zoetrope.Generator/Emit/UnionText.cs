using Zoetrope.Generator.Text;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Emit;

/// <summary>The alternatives of unions in words.</summary>
internal static class UnionText
{
    private const int MostNamed = 8;

    /// <summary>The alternatives.</summary>
    public static string Expected(BoundUnion model)
    {
        var words = model.Alternatives.Select(alternative => Singular(alternative.Type)).ToList();
        if ((model.Raw & RawKinds.Objects) != 0)
            words.Add("an object");
        if ((model.Raw & RawKinds.Any) != 0)
            words.Add("other JSON");
        return Join(words);
    }

    /// <summary>The alternatives for the error message of a value that is none of them: of objects also their discriminators.</summary>
    public static string Wanted(BoundUnion model)
    {
        var words = model.Alternatives
            .Select(alternative => alternative.Tests.Count > 0 ? Object(model) : Singular(alternative.Type))
            .ToList();
        if ((model.Raw & RawKinds.Objects) != 0)
            words.Add("an object");
        return Join(words);
    }

    /// <summary>The objects of a union by their discriminators.</summary>
    private static string Object(BoundUnion model)
    {
        var alternatives = model.Alternatives.Select(alternative => alternative.Tests).Where(tests => tests.Count > 0).ToList();
        var member = alternatives[0][0].Name;
        if (alternatives.TrueForAll(tests => tests.Count == 1 && tests[0].Values.Count > 0 && tests[0].Name == member))
        {
            var values = alternatives.SelectMany(tests => tests[0].Values)
                .Select(value => value.Kind == JsonKind.String ? $"\"{value.Text}\"" : value.Text)
                .ToList();
            return $"an object whose '{member}' is {Limited(values, " or ")}";
        }
        return "an object with " + Limited(alternatives.ConvertAll(tests => string.Join(" and ", tests.Select(test => $"'{test.Name}'"))), ", or with ");
    }

    private static string Limited(List<string> words, string or) =>
        words.Count <= MostNamed
            ? string.Join(or, words)
            : string.Join(or, words.Take(MostNamed - 1)) + or + "one of " + DocumentText.Number(words.Count - MostNamed + 1) + " others";

    private static string Join(IEnumerable<string> all)
    {
        var words = all.Distinct(StringComparer.Ordinal).ToList();
        return words.Count == 1 ? words[0] : string.Join(", ", words.Take(words.Count - 1)) + " or " + words[words.Count - 1];
    }

    /// <summary>A value of a type.</summary>
    public static string Singular(TypeRef type) => type.Kind switch
    {
        TypeKind.String or TypeKind.Enum => "a string",
        TypeKind.Integer or TypeKind.WideInteger => "a whole number",
        TypeKind.Number => "a number",
        TypeKind.Boolean => "true or false",
        TypeKind.List => "an array",
        TypeKind.Map => "a map",
        TypeKind.File => "a file",
        _ => "an object",
    };
}
