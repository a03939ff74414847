using static Nabla.Blank;

namespace Nabla.Lessons;

internal static class LessonD4
{
    private const string Bias =
        "P = [[0, 0, 0], [10, 10, 10]]\nB = [1, 2, 3]\nY = P + B\nG = [[1, 2, 3], [4, 5, 6]]\nT = Y * G\nf = sum(T)";

    private const string Batch =
        "X = [[1, 2], [3, 4]]\nW = [[1, -1], [2, 0]]\nB = [1, 2]\nM = X @ W\nY = M + B\nG = [[1, 0], [2, -1]]\nT = Y * G\nf = sum(T)";

    public static Lesson Lesson { get; } = new(
        "D4",
        new("The affine layer, for a whole batch", "배치를 한꺼번에 계산하는 아핀 계층"),
        new("Y = X·W + B, and its three gradients: dY·Wᵀ, Xᵀ·dY and the column sums of dY.", "Y = X·W + B와 세 기울기: dY·Wᵀ, Xᵀ·dY, 그리고 dY의 열의 합."),
        new TextSection(
            """
            Many neurons that read the same inputs make an **affine layer**, and many samples at once make a **batch**. Both fit into one matrix product: row n of X is
            sample n, column j of W belongs to neuron j, and **Y = X·W + B**.

            Write dY for the upstream gradient, of the same shape as Y. The backward pass is two matrix products and a sum: **∂X = dY·Wᵀ, ∂W = Xᵀ·dY, ∂B = column sums of
            dY**. The shapes remind you: ∂X must look like X, ∂W like W, and there is only one way to multiply that fits.

            Why column sums for the bias? In the forward pass each sample gets a copy of the same row B. A copy is a gradient adder, so what comes back from all samples is
            added. In the first graph B = [1, 2, 3] is added to two rows, and dY = [[1, 2, 3], [4, 5, 6]] comes back as [5, 7, 9].

            In these graphs the loss is f = Σ Y∘G. Its only purpose is that the gradient arriving at Y is G, a dY of our choice.
            """,
            """
            같은 입력을 읽는 뉴런을 여럿 모으면 **아핀 계층**이 되고, 표본을 여럿 모으면 **배치**가 됩니다. 둘 다 행렬 곱 하나에 담깁니다. X의 n번째 행은
            n번째 표본, W의 j번째 열은 j번째 뉴런이고 **Y = X·W + B**입니다.

            상류 기울기를 dY라고 씁니다. 모양은 Y와 같습니다. 역전파는 행렬 곱 둘과 합 하나입니다: **∂X = dY·Wᵀ, ∂W = Xᵀ·dY, ∂B = dY의 열의 합**. 모양을 보면
            기억하기 쉽습니다. ∂X는 X와, ∂W는 W와 모양이 같아야 하고, 그렇게 되는 곱은 하나뿐입니다.

            편향은 왜 열의 합일까요? 순전파에서 모든 표본이 같은 행 B를 복사해 받습니다. 복사는 기울기 덧셈기이므로 모든 표본에서 돌아오는 것을 더합니다. 첫
            그래프에서 B = [1, 2, 3]은 두 행에 더해지고, dY = [[1, 2, 3], [4, 5, 6]]은 [5, 7, 9]로 돌아옵니다.

            이 그래프들의 손실은 f = Σ Y∘G입니다. Y에 도착하는 기울기가 G, 곧 우리가 고른 dY가 되게 하려고 둔 것입니다.
            """),
        new GraphSection(Bias) { Title = new("The bias: forward a copy for each row, backward a sum", "편향: 앞으로는 행마다 복사, 뒤로는 합") },
        new GraphSection(Batch) { Title = new("The whole layer", "계층 전체") },
        new TableSection([new("gradient", "기울기"), new("rule", "규칙"), new("by the rule", "규칙으로 구한 값"), new("by backpropagation", "역전파로 구한 값")], Rules),
        new QuizSection(
            "quiz-1",
            new("X is [16, 784] and W is [784, 10]. What shape has ∂W = Xᵀ·dY?", "X는 [16, 784], W는 [784, 10]입니다. ∂W = Xᵀ·dY의 모양은 무엇일까요?"),
            ["[16, 10]", "[784, 10]", "[784, 784]", "[10, 784]"],
            right: 1,
            new("A gradient has the shape of what it belongs to: [784, 16] · [16, 10] = [784, 10].",
                "기울기는 자기 주인과 모양이 같습니다. [784, 16] · [16, 10] = [784, 10]입니다.")),
        new ExerciseSection(
            "exercise-1",
            new("The bias: forward, then back. Remember that B is copied to both rows.", "편향을 앞으로, 뒤로 계산하세요. B가 두 행에 복사된다는 것을 기억하세요."),
            Bias,
            Value("Y", 0), Value("Y", 3), Value("Y", 5), Upstream("Y", 4), Downstream("B", 0), Downstream("B", 1), Downstream("B", 2)),
        new ExerciseSection(
            "exercise-2",
            new("The whole layer: some entries of ∂X, ∂W and ∂B.", "계층 전체입니다. ∂X, ∂W, ∂B의 원소를 몇 개 구해 보세요."),
            Batch,
            Value("M", 0), Value("Y", 0), Value("Y", 3), Upstream("M", 2), Downstream("X", 0), Downstream("X", 3), Downstream("W", 0),
            Downstream("W", 3), Downstream("B", 0), Downstream("B", 1)));

    private static IEnumerable<BilingualText[]> Rules()
    {
        ExpressionResult layer = Expression.Parse(Batch).Evaluate();
        Gradients gradients = layer.Output.Backward();
        (Tensor x, Tensor w, Tensor b, Tensor upstream) = (layer.Inputs["X"], layer.Inputs["W"], layer.Inputs["B"], layer.Inputs["G"]);
        yield return ["∂X", "dY·Wᵀ", Written.Text(upstream.MatMul(w, transposeRight: true)), Written.Text(gradients[x])];
        yield return ["∂W", "Xᵀ·dY", Written.Text(x.MatMul(upstream, transposeLeft: true)), Written.Text(gradients[w])];
        yield return ["∂B", new("column sums of dY", "dY의 열의 합"), Written.Text(upstream.Sum(0)), Written.Text(gradients[b])];
    }
}
