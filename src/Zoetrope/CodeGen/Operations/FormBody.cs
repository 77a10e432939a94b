using System.Text;
using Zoetrope.Http;
using Zoetrope.Text;

namespace Zoetrope.CodeGen.Operations;

/// <summary>The fields of a form as <c>application/x-www-form-urlencoded</c>.</summary>
internal sealed class FormBody : RequestBody
{
    private readonly TextBuffer _fields = TextBuffer.Begin();

    public override string ContentType => "application/x-www-form-urlencoded";

    public void Add(string name, in ParameterValue value, ParameterStyle style, bool explode, bool allowReserved)
    {
        if (value.IsNothing)
            return;
        if (_fields.Length > 0)
            _fields.Append('&');
        ParameterWriter.Query(style, allowReserved).Write(_fields, name, value, explode);
    }

    public override OpenBody Open() => new BytesBody(Encoding.ASCII.GetBytes(_fields.ToString()), null).Open();
}
