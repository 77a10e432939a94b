using Zoetrope.Generator.Types;

namespace Zoetrope.Generator.Emit;

/// <summary>Writes the objects, unions and enums of a class.</summary>
internal static class TypesEmitter
{
    /// <summary>Writes them: for an endpoint the request, the result and the types inside them.</summary>
    public static void Emit(SourceWriter writer, BoundTypes types)
    {
        foreach (var model in types.Objects)
        {
            writer.Separate();
            new ObjectEmitter(writer, types, model).Emit();
        }
        foreach (var model in types.Unions)
        {
            writer.Separate();
            new UnionEmitter(writer, types, model).Emit();
        }
        foreach (var model in types.Enums)
        {
            writer.Separate();
            EnumEmitter.Emit(writer, model);
        }
    }
}
