using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Endpoints;
using Zoetrope.Generator.Naming;
using static Zoetrope.Generator.Emit.WellKnownNames;

namespace Zoetrope.Generator.Catalog;

/// <summary>Writes the file of one neutral model.</summary>
internal static class NeutralEmitter
{
    /// <summary>The C# of a neutral model.</summary>
    public static GeneratedSource Emit(BoundNeutral model, EmitOptions options)
    {
        var writer = new SourceWriter();
        var shape = model.Shape;
        SourceHeader.Write(writer, shape.Namespace);
        EmitClass(writer, model, options);
        if (ClientMember.OfNeutral(shape, options) is { } member)
        {
            writer.Line();
            ClientMemberEmitter.Emit(writer, member, $"Runs <c>{Literals.Doc(shape.Id)}</c> at the router's providers.", options);
        }
        return new(HintNames.Of(shape.QualifiedName), writer.Finish());
    }

    private static void EmitClass(SourceWriter writer, BoundNeutral model, EmitOptions options)
    {
        var shape = model.Shape;
        using var block = writer.Block($"""
            /// <summary>{Literals.Doc(shape.Facts.Title ?? shape.Id, 200)}, at {Literals.Doc(shape.Provider)}.</summary>
            /// <remarks>The model <c>{Literals.Doc(shape.Id)}</c> of {Literals.Doc(shape.Facts.Sources[0])}.</remarks>
            {SourceHeader.Attribute}
            {ObsoleteText.Attribute(shape.Facts.Deprecation)}
            public static partial class {shape.Name}
            """);
        writer.Lines($$"""
            /// <summary>The model and the providers that serve it.</summary>
            public static {{NeutralModel}}<Request, Result> Model { get; } = new Routes();
            """);
        TypesEmitter.Emit(writer, shape.Types);
        writer.Line();
        RoutesEmitter.Emit(writer, model, options);
    }
}
