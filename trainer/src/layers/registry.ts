import { activation } from "./activation";
import {
  eluLayer,
  leakyReluLayer,
  prelu,
  reluLayer,
  softmaxLayer,
  thresholdedRelu,
} from "./advanced-activations";
import { conv, conv1d, convTranspose } from "./convolution";
import { dense } from "./dense";
import { depthwiseConv2d, separableConv2d } from "./depthwise-convolution";
import { alphaDropout, dropout, gaussianDropout, gaussianNoise, spatialDropout1d } from "./dropout";
import { embedding } from "./embedding";
import type { Layer, LayerEmitter } from "./layer-emitter";
import { cropping2d, zeroPadding2d } from "./margins";
import {
  addLayer,
  averageLayer,
  concatenateLayer,
  dotLayer,
  maximumLayer,
  minimumLayer,
  multiplyLayer,
} from "./merge";
import { batchNormalization, layerNormalization } from "./normalization";
import { permute, repeatVector } from "./permute";
import { averagePooling, globalAveragePooling, globalMaxPooling, maxPooling } from "./pooling";
import { bidirectional } from "./recurrent/bidirectional";
import { gruCell } from "./recurrent/gru";
import { lstmCell } from "./recurrent/lstm";
import { rnn } from "./recurrent/rnn";
import { simpleRnnCell } from "./recurrent/simple-rnn";
import { stackedCells } from "./recurrent/stacked";
import { timeDistributed } from "./recurrent/time-distributed";
import { rescaling } from "./rescaling";
import { flatten, reshapeLayer } from "./shapes";
import { upSampling2d } from "./up-sampling";

const EMITTERS: Readonly<Record<string, LayerEmitter>> = {
  Activation: activation,
  Add: addLayer,
  AlphaDropout: alphaDropout,
  Average: averageLayer,
  AveragePooling1D: averagePooling,
  AveragePooling2D: averagePooling,
  AveragePooling3D: averagePooling,
  BatchNormalization: batchNormalization,
  Bidirectional: bidirectional,
  Concatenate: concatenateLayer,
  Conv1D: conv1d,
  Conv2D: conv,
  Conv2DTranspose: convTranspose,
  Conv3D: conv,
  Conv3DTranspose: convTranspose,
  Cropping2D: cropping2d,
  Dense: dense,
  DepthwiseConv2D: depthwiseConv2d,
  Dot: dotLayer,
  Dropout: dropout,
  ELU: eluLayer,
  Embedding: embedding,
  Flatten: flatten,
  GaussianDropout: gaussianDropout,
  GaussianNoise: gaussianNoise,
  GlobalAveragePooling1D: globalAveragePooling,
  GlobalAveragePooling2D: globalAveragePooling,
  GlobalMaxPooling1D: globalMaxPooling,
  GlobalMaxPooling2D: globalMaxPooling,
  GRU: rnn,
  GRUCell: gruCell,
  LayerNormalization: layerNormalization,
  LeakyReLU: leakyReluLayer,
  LSTM: rnn,
  LSTMCell: lstmCell,
  Maximum: maximumLayer,
  MaxPooling1D: maxPooling,
  MaxPooling2D: maxPooling,
  MaxPooling3D: maxPooling,
  Minimum: minimumLayer,
  Multiply: multiplyLayer,
  Permute: permute,
  PReLU: prelu,
  ReLU: reluLayer,
  RepeatVector: repeatVector,
  Rescaling: rescaling,
  Reshape: reshapeLayer,
  RNN: rnn,
  SeparableConv2D: separableConv2d,
  SimpleRNN: rnn,
  SimpleRNNCell: simpleRnnCell,
  Softmax: softmaxLayer,
  SpatialDropout1D: spatialDropout1d,
  StackedRNNCells: stackedCells,
  ThresholdedReLU: thresholdedRelu,
  TimeDistributed: timeDistributed,
  UpSampling2D: upSampling2d,
  ZeroPadding2D: zeroPadding2d,
};

/** What the class of a layer tells of itself. */
interface LayerClass {
  readonly className?: string;
  /**
   * A class of your own may name the class of tfjs as which its layers are trained, and then gives
   * that one's configuration by `getConfig`. Nothing here asks what its `call` does.
   */
  readonly trainsAs?: string;
}

/**
 * Returns what writes a layer, or in words why nothing does. A class inherits its name from the one that it
 * extends, and may compute something else all the same: only a name of its own counts.
 */
export function emitterOf(layer: Layer): LayerEmitter | string {
  const layerClass = layer.constructor as LayerClass;
  const className = layer.getClassName();
  if (Object.hasOwn(layer, "call")) return "its call has been replaced";
  if (Object.hasOwn(layerClass, "trainsAs")) {
    const known = knownEmitter(layerClass.trainsAs as string);
    return (
      known ?? `it says that it trains as ${layerClass.trainsAs}, for which there is no emitter`
    );
  }
  const known = knownEmitter(className);
  if (known === undefined) return "there is no emitter for layers of this class";
  return Object.hasOwn(layerClass, "className")
    ? known
    : "its class extends that one and may compute something else";
}

function knownEmitter(className: string): LayerEmitter | undefined {
  return Object.hasOwn(EMITTERS, className) ? EMITTERS[className] : undefined;
}
