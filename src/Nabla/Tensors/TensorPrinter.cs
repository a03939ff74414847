using System.Globalization;
using System.Text;

namespace Nabla;

/// <summary>Writes a tensor's values for people: nested brackets, six digits, long axes shortened to their ends.</summary>
internal static class TensorPrinter
{
    private const int Ends = 3, Longest = 8;

    public static string Print(Tensor tensor)
    {
        StringBuilder text = new();
        Write(text, tensor, tensor.ToDoubles(), axis: 0, offset: 0);
        return text.ToString();
    }

    private static void Write(StringBuilder text, Tensor tensor, double[] values, int axis, int offset)
    {
        if (axis == tensor.Rank)
        {
            text.Append(Format(values[offset], tensor.DType));
            return;
        }
        int extent = tensor.Shape[axis], stride = tensor.Shape.Product(axis + 1, tensor.Rank);
        text.Append('[');
        for (int i = 0; i < extent; i++)
        {
            if (i > 0) text.Append(axis == tensor.Rank - 1 ? ", " : ",\n" + new string(' ', axis + 1));
            if (extent > Longest && i == Ends)
            {
                text.Append('…');
                i = extent - Ends - 1;
                continue;
            }
            Write(text, tensor, values, axis + 1, offset + (i * stride));
        }
        text.Append(']');
    }

    private static string Format(double value, DType dtype) => dtype switch
    {
        DType.Bool => value != 0 ? "true" : "false",
        DType.Float32 or DType.Float64 => value.ToString("G6", CultureInfo.InvariantCulture),
        _ => value.ToString("F0", CultureInfo.InvariantCulture),
    };
}
