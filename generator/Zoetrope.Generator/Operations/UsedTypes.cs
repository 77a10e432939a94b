using Zoetrope.Generator.Types;

namespace Zoetrope.Generator.Operations;

/// <summary>Finds the types that an operation uses.</summary>
internal static class UsedTypes
{
    /// <summary>All of them, those inside lists and maps too.</summary>
    public static IEnumerable<TypeRef> Of(
        BoundTypes types, IEnumerable<BoundArgument> arguments, BoundBody? body, IEnumerable<BoundResponse> responses, IEnumerable<BoundError> errors)
    {
        var all = types.Objects.SelectMany(one => one.Properties).Select(property => property.Type)
            .Concat(types.Unions.SelectMany(one => one.Alternatives).Select(alternative => alternative.Type))
            .Concat(arguments.Select(argument => argument.Type))
            .Concat(responses.Select(response => response.Type))
            .Concat(errors.Select(error => error.Type).OfType<TypeRef>());
        foreach (var type in body is null ? all : all.Append(body.Type))
        {
            for (var inside = type; inside is not null; inside = inside.Item)
                yield return inside;
        }
    }
}
